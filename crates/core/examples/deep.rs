use waymark_core::content::*;
use std::time::Instant;
fn main(){
  let n: usize = std::env::args().nth(1).unwrap().parse().unwrap();
  let mut nested=String::new(); for i in 0..n.min(400) { nested.push_str(&format!("{}- [ ] s{i}\n", "  ".repeat(i))); }
  let mut doc="---\nschema: waymark.journey/1\nid: a\ntitle: A\nversion: 1.0.0\nowner: x\n---\n## P {#p}\n".to_string(); for i in 0..n { doc.push_str(&format!("- [ ] step same {{#s{i}}}\n\n  ```yaml step\n  needs: [s{}]\n  rle: x\n  ```\n", (i+1)%n)); }
  let mut same=String::new(); for _ in 0..n { same.push_str("- [ ] same title [x][1]\n"); } same.push_str("\n[1]: http://x\n");
  for (name, s) in [("dash", "- ".repeat(n)+"[ ] x"), ("quote", "> ".repeat(n)+"- [ ] x"), ("dashq","- > ".repeat(n)+"- [ ] x"), ("details","<details>\n\n".repeat(n)+"- [ ] x"), ("nested", nested), ("cycle", doc), ("same", same), ("brackets","[".repeat(n)), ("open", "- [ ] a {#".repeat(n)), ("h", "## a\n- [ ] x\n".repeat(n)), ("star","*a ".repeat(n)), ("curly","- [ ] {a ".to_string()+&"{a".repeat(n)), ("paren", "- [ ] (".to_string()+&"(".repeat(n)), ("links", "- [ ] [a](http".to_string()+&"[a](http ".repeat(n)), ("vars", "{{ ".repeat(n)), ("foot", "[^1]\n\n[^1]: a\n\n".repeat(n))] {
    let t=Instant::now(); let (_, r, e)=import_checklist("a.md",&s); let b=t.elapsed();
    let t=Instant::now(); let (_, d)=parse_journey("a.md",&s); let a=t.elapsed();
    let t=Instant::now(); let (_r, _)=parse_roadmap(&[("roadmap/items/a.md".into(),s.clone()),("roadmap.md".into(),s.clone())]); let c=t.elapsed();
    println!("{name} {}B journey {a:?} {} checklist {b:?} {} {r:?} roadmap {c:?}", s.len(), d.len(), e.len()); assert_eq!(r.boxes, r.steps);
  }
}
