//! A tar from its first header to its end marker. Headers are read by the `tar` crate; which of
//! them are let in, and where the archive ends, is decided here.

mod extension;

use tar::Header;

use super::{Entry, Kind, Sink, format::begins_archive, unpacked::Unpacked};
use crate::{
    limits::Tally,
    rule::{Refusal, Rule, quoted},
};
use extension::Pending;

const BLOCK: usize = 512;
/// Zeros after the end marker: tars are filled up to a multiple of their record size.
const PADDING: usize = 1024 * 1024;
/// The largest size in eleven octal digits.
const OCTAL_MOST: u64 = (1 << 33) - 1;
/// Bytes that are handed on at once.
const CHUNK: usize = 64 * 1024;

/// Hands everything in a tar to `sink`.
pub(super) fn walk<S: Sink>(stream: &mut Unpacked<'_>, tally: &mut Tally, sink: &mut S) -> Result<(), S::Error> {
    let mut pending = Pending::default();
    let mut buffer = vec![0; CHUNK];
    loop {
        let Some(block) = read_block(stream, tally)? else {
            pending.check_end()?;
            return Ok(check_end(stream, tally)?);
        };
        let header = checked(&block)?;
        let size = size_of(header)?;
        match header.as_bytes()[156] {
            kind @ (b'x' | b'g' | b'L' | b'K') => {
                let body = read_extension(stream, tally, size)?;
                pending.take(kind, &body)?;
            }
            kind @ (b'0' | 0 | b'5') => {
                let kind = if kind == b'5' { Kind::Directory } else { Kind::File };
                let name = pending.effective(&name_of(header)?, size)?;
                if kind == Kind::Directory && size != 0 {
                    let about = format!("{} is a directory with content", quoted(&name));
                    return Err(Refusal::because(Rule::E1, about).into());
                }
                tally.entry(size)?;
                sink.begin(Entry { name, kind })?;
                hand_on(stream, tally, size, &mut buffer, sink)?;
                sink.end()?;
            }
            other => {
                let about = format!("{} is a {}", quoted(&header.path_bytes()), kind_in_words(other));
                return Err(Refusal::because(Rule::E1, about).into());
            }
        }
    }
}

/// The next header; `None` at a block of zeros.
fn read_block(stream: &mut Unpacked<'_>, tally: &mut Tally) -> Result<Option<[u8; BLOCK]>, Refusal> {
    let mut block = [0; BLOCK];
    let got = stream.read(&mut block)?;
    tally.stream(got)?;
    if begins_archive(&block[..got]) && !is_header(&block) {
        return Err(Refusal::because(Rule::S2, "an archive lies in the place of the tar"));
    }
    if got < BLOCK {
        return Err(Refusal::because(Rule::S1, "the tar ends without its end marker"));
    }
    Ok(block.iter().any(|byte| *byte != 0).then_some(block))
}

/// After the first block of zeros: a second one, and nothing but zeros to the end.
fn check_end(stream: &mut Unpacked<'_>, tally: &mut Tally) -> Result<(), Refusal> {
    if read_block(stream, tally)?.is_some() {
        return Err(Refusal::because(Rule::S2, "something follows the end of the tar"));
    }
    let mut block = [0; BLOCK];
    let mut padding = 0;
    loop {
        let got = stream.read(&mut block)?;
        tally.stream(got)?;
        if block[..got].iter().any(|byte| *byte != 0) {
            return Err(Refusal::because(Rule::S2, "something follows the end of the tar"));
        }
        padding += got;
        if padding > PADDING {
            return Err(Refusal::because(Rule::L1, "too many zeros follow the end of the tar"));
        }
        if got < BLOCK {
            return Ok(());
        }
    }
}

fn checked(block: &[u8; BLOCK]) -> Result<&Header, Refusal> {
    if !is_header(block) {
        return Err(Refusal::because(Rule::S1, "a header's checksum is wrong"));
    }
    Ok(Header::from_byte_slice(block))
}

/// Whether the sum in the header is that of its bytes, with the sum itself counted as spaces.
fn is_header(block: &[u8; BLOCK]) -> bool {
    let is_sum = |at: usize| (148..156).contains(&at);
    let sum: u32 = block.iter().enumerate().map(|(at, byte)| if is_sum(at) { 32 } else { u32::from(*byte) }).sum();
    Header::from_byte_slice(block).cksum().is_ok_and(|stored| stored == sum)
}

/// The size in a header. Readers differ in its binary form, which is for sizes above the limits here.
fn size_of(header: &Header) -> Result<u64, Refusal> {
    let unclear = || Refusal::because(Rule::S4, format!("the size of {} is unclear", quoted(&header.path_bytes())));
    let size = header.entry_size().map_err(|_| unclear())?;
    let is_binary = header.as_bytes()[124] & 0x80 != 0;
    if is_binary && size <= OCTAL_MOST { Err(unclear()) } else { Ok(size) }
}

/// The name in a header. A reader that stops at the first zero and one that does not would differ.
fn name_of(header: &Header) -> Result<Vec<u8>, Refusal> {
    let bytes = header.as_bytes();
    let name = &bytes[..100];
    let prefix = header.as_ustar().map_or(&[][..], |_| &bytes[345..500]);
    for field in [name, prefix] {
        let text = field.split(|byte| *byte == 0).next().unwrap_or_default();
        if field[text.len()..].iter().any(|byte| *byte != 0) {
            let all = field.iter().rposition(|byte| *byte != 0).map_or(field, |last| &field[..=last]);
            return Err(Refusal::of_name(Rule::N7, all));
        }
    }
    Ok(header.path_bytes().into_owned())
}

fn read_extension(stream: &mut Unpacked<'_>, tally: &mut Tally, size: u64) -> Result<Vec<u8>, Refusal> {
    let Some(size) = usize::try_from(size).ok().filter(|size| *size <= extension::LIMIT) else {
        return Err(Refusal::because(Rule::S4, format!("an extension header of {size} bytes")));
    };
    let mut body = vec![0; size.next_multiple_of(BLOCK)];
    let got = stream.read(&mut body)?;
    tally.stream(got)?;
    if got < body.len() {
        return Err(Refusal::because(Rule::S1, "the tar ends within an extension header"));
    }
    body.truncate(size);
    Ok(body)
}

fn hand_on<S: Sink>(
    stream: &mut Unpacked<'_>,
    tally: &mut Tally,
    size: u64,
    buffer: &mut [u8],
    sink: &mut S,
) -> Result<(), S::Error> {
    let mut left = size as usize;
    while left > 0 {
        let want = left.min(buffer.len());
        let got = stream.read(&mut buffer[..want])?;
        tally.stream(got)?;
        tally.bytes(got)?;
        if got < want {
            return Err(Refusal::because(Rule::S1, "the tar ends within a file").into());
        }
        sink.bytes(&buffer[..got])?;
        left -= got;
    }
    let padding = (size as usize).next_multiple_of(BLOCK) - size as usize;
    let got = stream.read(&mut buffer[..padding])?;
    tally.stream(got)?;
    if got < padding {
        return Err(Refusal::because(Rule::S1, "the tar ends within a file").into());
    }
    if buffer[..padding].iter().any(|byte| *byte != 0) {
        return Err(Refusal::because(Rule::S2, "something lies between a file and the next").into());
    }
    Ok(())
}

fn kind_in_words(kind: u8) -> String {
    match kind {
        b'1' => "hard link".to_owned(),
        b'2' => "symbolic link".to_owned(),
        b'3' => "character device".to_owned(),
        b'4' => "block device".to_owned(),
        b'6' => "pipe".to_owned(),
        b'S' => "sparse file".to_owned(),
        other => format!("entry of type {:?}", char::from(other)),
    }
}
