use waymark_core::{content::*, journey::Step};
fn show(s: &Step, d: usize) {
    println!("{}[{}] L{} {:?}{} #{} g={:?} due={:?}\n{}   when={:?}\n{}   body={:?}", "  ".repeat(d), s.title, s.line, s.role, if s.required {""} else {" OPT"}, s.id, s.group, s.due.as_ref().map(|d| d.to_string()), "  ".repeat(d), s.when.as_ref().map(|w| w.in_words()), "  ".repeat(d), s.body);
    for c in &s.children { show(c, d+1); }
}
fn main() {
    for path in std::env::args().skip(1) {
        let src = std::fs::read_to_string(&path).unwrap();
        println!("===== {path} {:?}", classify(&path, &src));
        let (t, r, d) = if classify(&path,&src)==Kind::Journey { let (t,d)=parse_journey(&path,&src); (t,ImportReport::default(),d)} else {import_checklist(&path, &src)};
        if let Some(t) = t {
            println!("TITLE {} id {} kind {:?}\nINTRO {:?}", t.title, t.id, t.kind, t.intro);
            for p in &t.phases { println!("--- PHASE {} #{} {:?}..{:?}\n  intro={:?}", p.title, p.id, p.from, p.to, p.intro); for s in &p.steps { show(s, 1) } }
        }
        println!("{r:?}");
        for x in d { println!("{}:{} {} {:?} {}", x.line, x.column, x.code, x.severity, x.message); }
    }
}
