//! Zips that break a rule each.

use super::{
    check,
    make::{INDEX, Item, deflate, end, zip, zip_of},
    refused,
};
use crate::{Format, Rule};

fn page() -> Item {
    Item::deflated(b"docs/a.md", b"# A page, a page, a page, a page")
}

#[track_caller]
fn check_zip(items: &[Item], rule: Rule, why: &str) {
    check(&zip(items), Format::Zip, rule, why);
}

/// A streamed entry: the numbers follow the data.
fn streamed(mark: bool) -> Item {
    let mut item = page().both(|head| head.flags = 8);
    let numbers = [item.central.crc, item.central.packed, item.central.size];
    item.after = numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
    if mark {
        item.after.splice(..0, *b"PK\x07\x08");
    }
    (item.local.crc, item.local.packed, item.local.size) = (0, 0, 0);
    item
}

#[test]
fn a_good_zip_is_accepted() {
    let directory = Item { attributes: 0o040_755 << 16 | 0x10, ..Item::stored(b"docs/", b"") };
    let plain = Item { attributes: 0, ..Item::stored(b"docs/b.md", b"b") };
    let setuid = Item { attributes: 0o106_777 << 16, ..Item::stored(b"docs/s.md", b"s") };
    let timed = Item::stored(b"docs/t.md", b"").both(|head| head.extra = b"UT\x05\0\x01\0\0\0\0".to_vec());
    assert_eq!(refused(&zip(&[directory, page(), plain, setuid, timed]), Format::Zip), None);
    let other = Item { local: Item::stored(b"docs/c.md", b"").local, ..Item::stored(b"docs/c.md", b"") };
    assert_eq!(refused(&zip(&[streamed(true), other]), Format::Zip), None, "streamed, with mark");
    assert_eq!(refused(&zip(&[streamed(false)]), Format::Zip), None, "streamed, without mark");
}

#[test]
fn names_and_kinds_are_judged() {
    for (name, rule) in [
        (&b"/etc/a.md"[..], Rule::N1),
        (b"..\\a.md", Rule::N2),
        (b"\\\\srv\\share\\a.md", Rule::N3),
        (b"docs/nul.md", Rule::N4),
        (b"docs/a.md.", Rule::N5),
        (b"", Rule::N6),
        (b"docs/a\0.md", Rule::N7),
        (b"docs/\x80.md", Rule::N7),
        (b"~/a.md", Rule::N8),
        (b"d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/a.md", Rule::N9),
        (b"GIT~1/config", Rule::N10),
        (b"docs/a.lnk", Rule::N11),
        (b"docs/a.tgz", Rule::E4),
    ] {
        check_zip(&[page(), Item::stored(name, b"x")], rule, &String::from_utf8_lossy(name));
    }
    for mode in [0o120_777, 0o020_644, 0o060_644, 0o010_644, 0o140_644, 0o040_755] {
        check_zip(&[Item { attributes: mode << 16, ..page() }], Rule::E1, &format!("mode {mode:o}"));
    }
    check_zip(&[Item { attributes: 0x10, ..page() }], Rule::E1, "a file that DOS takes for a directory");
    check_zip(&[Item { attributes: 0, ..Item::stored(b"docs/", b"x") }], Rule::E1, "a directory with content");
    let link = page().both(|head| head.extra = b"nu\x01\0x".to_vec());
    check_zip(&[link], Rule::E1, "a link by an extra field");
    check_zip(&[page(), page()], Rule::E3, "one name twice");
    check_zip(&[Item::stored(b"bundle.json", INDEX)], Rule::I1, "two indexes");
    check(&zip_of(&[page()]), Format::Zip, Rule::I1, "no index");
    check(&zip_of(&[]), Format::Zip, Rule::I1, "nothing");
}

#[test]
fn local_headers_say_what_the_directory_says() {
    let change = |change: fn(&mut Item)| {
        let mut item = page();
        change(&mut item);
        [item, Item::stored(b"docs/b.md", b"b")]
    };
    check_zip(&change(|item| item.local.name = b"docs/x.md".to_vec()), Rule::S3, "another name");
    check_zip(&change(|item| item.local.size += 1), Rule::S3, "another size");
    check_zip(&change(|item| item.local.packed -= 1), Rule::S3, "another packed size");
    check_zip(&change(|item| item.local.crc ^= 1), Rule::S3, "another checksum");
    check_zip(&change(|item| item.local.method = 0), Rule::S3, "another method");
    check_zip(&change(|item| item.local.flags = 1 << 11), Rule::S3, "other flags");
    check_zip(&change(|item| item.after = b"hidden".to_vec()), Rule::S3, "something between two entries");
    check_zip(&[page().both(|head| head.flags = 1)], Rule::S3, "encrypted");
    check_zip(&[page().both(|head| head.flags = 1 << 6)], Rule::S3, "strongly encrypted");
    check_zip(&[page().both(|head| head.method = 12)], Rule::S3, "another compression");
    check_zip(
        &[page().both(|head| head.extra = b"\x01\x99\x00\x00".to_vec())],
        Rule::S3,
        "encrypted by an extra field",
    );
    check_zip(&[page().both(|head| head.extra = b"\x01\0\xff\0".to_vec())], Rule::S3, "a cut extra field");
    check_zip(&[page().both(|head| head.extra = b"up\x01\0x".to_vec())], Rule::S4, "another name by an extra field");
    check_zip(&[page().both(|head| head.extra = b"\x01\0\x01\0x".to_vec())], Rule::S4, "zip64 sizes");
    let mut lying = streamed(true);
    lying.after[4] ^= 1;
    check_zip(&[lying], Rule::S3, "another checksum after the data");
    let mut hidden = page();
    hidden.data.extend(b"hidden");
    let hidden = hidden.both(|head| head.packed += 6);
    check_zip(&[hidden], Rule::S3, "bytes after the end of the deflate stream");
}

#[test]
fn entries_do_not_overlap() {
    let one = zip(&[page()]);
    let entries_end = u32::from_le_bytes(one[one.len() - 6..one.len() - 2].try_into().expect("four bytes")) as usize;
    let directory = &one[entries_end..one.len() - 22];
    let twice = end(one[..entries_end].to_vec(), &[directory, directory].concat(), 4);
    check(&twice, Format::Zip, Rule::S3, "two records for one entry");
    let zeros = vec![0; 100_000];
    let bomb = |count: usize| {
        let item = Item::deflated(b"docs/0.md", &zeros);
        let single = zip_of(std::slice::from_ref(&item));
        let at = single.len() - 22 - 46 - 9;
        let directory: Vec<u8> = single[at..single.len() - 22].repeat(count);
        end(single[..at].to_vec(), &directory, count as u16)
    };
    check(&bomb(4999), Format::Zip, Rule::L1, "hundreds of MB out of one stream");
    check(&bomb(2), Format::Zip, Rule::S3, "a little bomb overlaps all the same");
}

#[test]
fn what_comes_out_is_counted() {
    check_zip(&[Item::deflated(b"docs/z.md", &vec![0; 3_000_000])], Rule::L1, "3 MB of zeros");
    check_zip(&[page().both(|head| head.size = 30_000_000)], Rule::L1, "30 MB promised");
    let mut liar = Item::deflated(b"docs/z.md", &vec![0; 3_000_000]);
    liar = liar.both(|head| head.size = 10);
    check_zip(&[liar], Rule::L1, "3 MB come out where 10 bytes were promised");
    let many: Vec<_> = (0..5000).map(|number| Item::stored(format!("d/{number}.md").as_bytes(), b"")).collect();
    check_zip(&many, Rule::L1, "5,001 entries");
}

#[test]
fn the_archive_is_whole_and_alone() {
    let good = zip(&[page()]);
    for at in [0, 2, 4, 40, good.len() / 2, good.len() - 22, good.len() - 10, good.len() - 1] {
        check(&good[..at], Format::Zip, Rule::S1, &format!("cut at {at}"));
    }
    check_zip(&[page().both(|head| head.crc ^= 1)], Rule::S1, "a wrong checksum");
    check_zip(&[page().both(|head| head.size += 1)], Rule::S1, "a wrong length");
    let mut cut = page();
    cut.data = deflate(b"# A page, a page, a page, a page");
    cut.data.truncate(3);
    check_zip(&[cut.both(|head| head.packed = 3)], Rule::S1, "a cut deflate stream");
    let mut broken = page();
    broken.data.fill(0xff);
    check_zip(&[broken], Rule::S1, "no deflate stream");

    check(&[b"MZ stub", &good[..]].concat(), Format::Zip, Rule::S2, "something before");
    check(&[&good[..], b"x"].concat(), Format::Zip, Rule::S2, "something after");
    check(&[&good[..], &good].concat(), Format::Zip, Rule::S2, "two zips");
    let mut comment = good.clone();
    let length = comment.len() - 2;
    comment[length] = 4;
    comment.extend(b"note");
    check(&comment, Format::Zip, Rule::S2, "a comment");
    let mut shifted = zip(&[page()]);
    shifted.splice(..0, *b"PK\x03\x04 stub");
    check(&shifted, Format::Zip, Rule::S2, "something before that looks like a zip");
    let mut disks = good.clone();
    let end = disks.len() - 22;
    disks[end + 4] = 1;
    check(&disks, Format::Zip, Rule::S3, "several disks");
    let mut count = good.clone();
    (count[end + 8], count[end + 10]) = (1, 1);
    check(&count, Format::Zip, Rule::S3, "another number of entries");
    let mut large = good;
    large.splice(end..end, [b"PK\x06\x07", &[0; 16][..]].concat());
    check(&large, Format::Zip, Rule::S4, "zip64");
}
