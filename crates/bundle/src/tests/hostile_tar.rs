//! Tars that break a rule each.

use super::{
    check,
    make::{entry, entry_with, file, gz, pax, record, tar, tar_gz, zst},
    refused,
};
use crate::{Format, Rule};

fn page() -> Vec<u8> {
    file("docs/a.md", b"# A")
}

#[track_caller]
fn check_tar(entries: &[Vec<u8>], rule: Rule, why: &str) {
    let tar = tar(entries);
    check(&gz(&tar), Format::TarGz, rule, why);
    check(&zst(&tar), Format::TarZst, rule, why);
}

#[test]
fn a_good_tar_is_accepted() {
    let directory = entry(b"docs/", b'5', b"");
    let setuid = entry_with(b"docs/s.md", b'0', b"x", |header| header[100..108].copy_from_slice(b"0006777\0"));
    let comment = pax(b'g', &record("comment", "0123456789abcdef"));
    let mtime = pax(b'x', &record("mtime", "1700000000.5"));
    let old = entry_with(b"docs/old.md", 0, b"x", |header| header[257..265].fill(0));
    let tar = tar(&[comment, directory, page(), setuid, mtime, file("docs/b.md", b""), old]);
    assert_eq!(refused(&gz(&tar), Format::TarGz), None);
    assert_eq!(refused(&zst(&tar), Format::TarZst), None);
    let mut padded = tar;
    padded.resize(padded.len().next_multiple_of(10240), 0);
    assert_eq!(refused(&gz(&padded), Format::TarGz), None, "tars are filled up to a record");
}

#[test]
fn names_are_refused_wherever_they_stand() {
    for (name, rule) in [
        ("/etc/a.md", Rule::N1),
        ("../a.md", Rule::N2),
        ("C:\\a.md", Rule::N3),
        ("docs/con.md", Rule::N4),
        ("docs/a.md ", Rule::N5),
        ("docs//a.md", Rule::N6),
        ("docs/a.md/", Rule::N6),
        ("", Rule::N6),
        ("docs/a\u{7}.md", Rule::N7),
        ("docs/a?.md", Rule::N8),
        (".git/config", Rule::N10),
        ("docs/a.exe", Rule::N11),
        ("docs/a.zip", Rule::E4),
    ] {
        check_tar(&[page(), file(name, b"x")], rule, name);
    }
    let long = format!("docs/{}.md", "a".repeat(150));
    let spelled = [pax(b'x', &record("path", &long)), file(&long, b"x")];
    check_tar(&spelled, Rule::N9, "a long name by PAX");
    let spelled = [entry(b"././@LongLink", b'L', format!("{long}\0").as_bytes()), file(&long, b"x")];
    check_tar(&spelled, Rule::N9, "a long name by GNU");
    let spelled = [pax(b'x', &record("path", "docs/\u{202e}a.md")), file("docs/?a.md", b"x")];
    check_tar(&spelled, Rule::N7, "a character beyond ASCII by PAX");
    let hidden = entry_with(b"docs/a", b'0', b"x", |header| header[7..11].copy_from_slice(b".md\0"));
    check_tar(&[hidden], Rule::N7, "a zero byte within a name");
    let prefixed = entry_with(b"a.md", b'0', b"x", |header| header[345..353].copy_from_slice(b"docs/../"));
    check_tar(&[prefixed], Rule::N2, "a name in two halves");
    check_tar(&[entry(b"docs/\xff.md", b'0', b"x")], Rule::N7, "a name that is no UTF-8");
    let spelled = [pax(b'x', b"21 hdrcharset=BINARY\n18 path=docs/\xff.md\n"), file("docs/?.md", b"x")];
    check_tar(&spelled, Rule::N7, "a name that is no UTF-8 by PAX");
}

#[test]
fn only_files_and_directories_are_let_in() {
    for kind in *b"1234567SDMV\xff" {
        if kind != b'5' {
            check_tar(&[page(), entry(b"docs/x.md", kind, b"")], Rule::E1, &format!("type {kind}"));
        }
    }
    check_tar(&[entry(b"docs/", b'5', b"content")], Rule::E1, "a directory with content");
    let link = [entry(b"././@LongLink", b'K', b"/etc/passwd\0"), entry(b"docs/x.md", b'2', b"")];
    check_tar(&link, Rule::E1, "a link with a long target");
}

#[test]
fn extension_headers_give_no_other_name_and_no_other_size() {
    let to = |records: Vec<u8>| [pax(b'x', &records), page()];
    check_tar(&to(record("path", "docs/b.md")), Rule::S4, "another harmless name");
    check_tar(&to(record("path", "../x")), Rule::S4, "another name");
    check_tar(&to(record("size", "0")), Rule::S4, "another size");
    check_tar(&to(record("size", "99999999999")), Rule::S4, "a huge size");
    check_tar(&to(record("size", "-3")), Rule::S4, "a size that is none");
    check_tar(&to([record("path", "docs/a.md"), record("path", "docs/a.md")].concat()), Rule::S4, "two names");
    check_tar(&to(record("GNU.sparse.name", "../x")), Rule::S4, "a sparse file's name");
    check_tar(&to(b"7 broken".to_vec()), Rule::S4, "a record that cannot be read");
    check_tar(&[pax(b'g', &record("path", "docs/b.md")), page()], Rule::S4, "a name for all");
    check_tar(&[pax(b'g', &record("size", "3")), page()], Rule::S4, "a size for all");
    check_tar(&[entry(b"././@LongLink", b'L', b"../x\0"), page()], Rule::S4, "another name by GNU");
    check_tar(&[pax(b'x', b""), pax(b'x', b""), page()], Rule::S4, "two headers");
    check_tar(&[page(), pax(b'x', b"")], Rule::S4, "a header without its entry");
    check_tar(&[pax(b'x', &vec![b'x'; 20_000]), page()], Rule::S4, "a huge header");
    let both = [pax(b'x', &record("path", "docs/a.md")), entry(b"././@LongLink", b'L', b"docs/a.md\0"), page()];
    check_tar(&both, Rule::S4, "PAX and GNU at once");
    let binary = entry_with(b"docs/b.md", b'0', b"abc", |header| {
        header[124..136].copy_from_slice(b"\x80\0\0\0\0\0\0\0\0\0\0\x03")
    });
    check_tar(&[binary], Rule::S4, "a size in binary");
    let same = [pax(b'x', &[record("path", "docs/a.md"), record("size", "3")].concat()), page()];
    assert_eq!(refused(&tar_gz(&same), Format::TarGz), None, "what says the same is no harm");
}

#[test]
fn what_comes_out_is_counted() {
    let many: Vec<_> = (0..5000).map(|number| file(&format!("d/{number}.md"), b"")).collect();
    check_tar(&many, Rule::L1, "5,001 entries");
    check_tar(&[file("docs/z.md", &vec![0; 3_000_000])], Rule::L1, "3 MB of zeros");
    let huge = |size: &[u8]| entry_with(b"docs/z.md", b'0', b"", |header| header[124..136].copy_from_slice(size));
    check_tar(&[huge(b"77777777777\0")], Rule::L1, "8 GiB promised");
    check_tar(&[huge(b"\x80\0\0\0\xff\xff\xff\xff\xff\xff\xff\xff")], Rule::L1, "more than any disk promised");
    let mut padded = tar(&[page()]);
    padded.resize(padded.len() + 5_000_000, 0);
    check(&gz(&padded), Format::TarGz, Rule::L1, "zeros without end");
    let globals: Vec<_> = (0..20_000).map(|_| pax(b'g', b"")).collect();
    check_tar(&globals, Rule::L1, "headers without entries");
}

#[test]
fn the_stream_is_whole_and_alone() {
    let good = tar(&[page()]);
    let packed = gz(&good);
    for at in [0, 1, 2, 9, 10, 30, packed.len() / 2, packed.len() - 8, packed.len() - 1] {
        check(&packed[..at], Format::TarGz, Rule::S1, &format!("gzip cut at {at}"));
    }
    let frame = zst(&good);
    for at in [0, 1, 4, 5, 20, frame.len() / 2, frame.len() - 4, frame.len() - 1] {
        check(&frame[..at], Format::TarZst, Rule::S1, &format!("zstd cut at {at}"));
    }
    check(&gz(&good[..good.len() - 1024]), Format::TarGz, Rule::S1, "no end marker");
    check(&gz(&good[..good.len() - 512]), Format::TarGz, Rule::S1, "half an end marker");
    check(&gz(&good[..700]), Format::TarGz, Rule::S1, "cut within a file");
    let mut wrong = packed.clone();
    let crc = wrong.len() - 8;
    wrong[crc] ^= 1;
    check(&wrong, Format::TarGz, Rule::S1, "a wrong checksum");
    let mut wrong = packed.clone();
    let length = wrong.len() - 1;
    wrong[length] ^= 1;
    check(&wrong, Format::TarGz, Rule::S1, "a wrong length");
    let mut wrong = good.clone();
    wrong[100] ^= 1;
    check(&gz(&wrong), Format::TarGz, Rule::S1, "a wrong sum of a header");

    check(&[&packed[..], b"x"].concat(), Format::TarGz, Rule::S2, "something follows");
    check(&[&packed[..], &packed].concat(), Format::TarGz, Rule::S2, "two members");
    check(&[gz(&good[..1024]), gz(&good[1024..])].concat(), Format::TarGz, Rule::S2, "one tar in two members");
    check(&[b"#!/bin/sh\n", &packed[..]].concat(), Format::TarGz, Rule::S2, "something before");
    check(&gz(&packed), Format::TarGz, Rule::S2, "gzip in gzip");
    check(&gz(&frame), Format::TarGz, Rule::S2, "zstd in gzip");
    check(&gz(&[good.clone(), good.clone()].concat()), Format::TarGz, Rule::S2, "two tars");
    check(&[&frame[..], &frame].concat(), Format::TarZst, Rule::S2, "two frames");
    check(&[&frame[..], b"\x50\x2a\x4d\x18\x01\0\0\0x"].concat(), Format::TarZst, Rule::S2, "a frame to be skipped");
    check(&packed, Format::TarZst, Rule::S2, "another kind than the name says");
    let mut hidden = good;
    hidden[512 + 100] = b'x';
    check(&gz(&hidden), Format::TarGz, Rule::S2, "something in the padding");
}

#[test]
fn no_two_entries_and_no_two_indexes() {
    check_tar(&[page(), page()], Rule::E3, "one name twice");
    check_tar(&[page(), file("docs/A.MD", b"x")], Rule::E3, "another case");
    check_tar(&[file("x", b""), file("x/y.md", b"")], Rule::E3, "a file that is a directory");
    check_tar(&[file("bundle.json", b"{}")], Rule::I1, "two indexes");
    check_tar(&[file("Bundle.JSON", b"{}")], Rule::I1, "two indexes in another case");
    let without = [page(), vec![0; 1024]].concat();
    check(&gz(&without), Format::TarGz, Rule::I1, "no index");
    for broken in
        [&b"\xff\xfe{"[..], b"{}", b"[]", b"{\"name\":\"x\"}", b"{\"name\":\"x\",\"name\":\"x\",\"version\":\"1\"}"]
    {
        let tar = [file("bundle.json", broken), page(), vec![0; 1024]].concat();
        check(&gz(&tar), Format::TarGz, Rule::I1, "a broken index");
    }
    let directory = [entry(b"bundle.json/", b'5', b""), page(), vec![0; 1024]].concat();
    check(&gz(&directory), Format::TarGz, Rule::I1, "an index that is a directory");
}
