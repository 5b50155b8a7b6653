use super::{people, read};

/// What the table's reader and judge say, in one text.
fn told(table: &str) -> String {
    let (entries, problems) = read(table.as_bytes());
    match people(entries, problems) {
        Ok(entries) => entries
            .iter()
            .map(|entry| {
                let roles: Vec<&str> = entry.roles.iter().map(|role| role.word()).collect();
                format!("{} {} < {:?} [{}]\n", entry.key, entry.name, entry.manager, roles.join(" "))
            })
            .collect(),
        Err(problems) => problems.iter().map(|problem| format!("{problem}\n")).collect(),
    }
}

#[test]
fn columns_come_in_any_order_and_roles_follow_from_the_tree() {
    let table = "\u{feff}Name;Manager key;E-mail;Roles;week\r\n\
                 Petra;;Petra@x.org;admin;\r\n\
                 \"Ada; the second\";PETRA@x.org;ada@x.org;;sun-thu\r\n\r\n";
    assert_eq!(
        told(table),
        "petra@x.org Petra < \"\" [admin manager]\nada@x.org Ada; the second < \"petra@x.org\" [hire]\n"
    );
}

#[test]
fn every_problem_is_told_with_its_line_and_column() {
    let table = "key,name,manager_key,roles,start_date,zone,colour,week,days_off\n\
                 a,A,b,,,,,,\n\
                 b,B,c,boss,2026-02-30,Mars/Base,,mon-xyz,2026-01-05..2026-01-01\n\
                 c,C,a,,31.01.2026,,,,\n\
                 A,Again,nobody,,,,,,\n\
                 d,,d,,,,,\n";
    let told = told(table);
    for line in [
        "line 1, column colour: is no column of this table",
        "line 2, column manager_key: these manage each other in a circle: a → b → c",
        "line 3, column roles: \"boss\" is no role",
        "line 3, column start_date: \"2026-02-30\" is no day",
        "line 3, column zone: \"Mars/Base\" is no time zone",
        "line 3, column week: \"mon-xyz\" is no week",
        "line 3, column days_off: \"2026-01-05..2026-01-01\" ends before it begins",
        "line 4, column start_date: \"31.01.2026\" is no day; write it as 2026-01-31",
        "line 5, column key: \"a\" is in line 2 already",
        "line 5, column manager_key: there is nobody with the key \"nobody\" in it",
        "line 6: has 8 fields; the first line has 9",
        "line 6, column name: is empty; everybody needs a name",
        "line 6, column manager_key: nobody can be that for themselves",
    ] {
        assert!(told.contains(line), "{line}\nis not in\n{told}");
    }
    assert_eq!(told.lines().count(), 13, "{told}");
}

#[test]
fn what_is_no_table_says_so() {
    assert!(told("").contains("line 1, column key: the table needs this column"));
    assert_eq!(told("key,name\n"), "line 1: there is nobody in it\n");
    assert!(told("key,key,name\na,b,c\n").contains("line 1, column key: is there twice"));
    let (_, problems) = read(b"key,name\na,\xff\n");
    assert!(problems[0].to_string().contains("line 2, column name: is not UTF-8"));
}

#[test]
fn a_week_may_go_over_its_end_and_leave_may_be_a_range() {
    let (entries, problems) = read(b"key,name,week,days_off\na,A,sun-thu,2026-12-30..2027-01-02 2026-05-01\n");
    assert!(problems.is_empty(), "{problems:?}");
    assert_eq!(entries[0].calendar.week, [true, true, true, true, false, false, true]);
    assert_eq!(entries[0].calendar.days_off.len(), 5);
}

#[test]
fn a_chain_deeper_than_any_question_goes_is_refused() {
    let table: String =
        (0..20).map(|n| format!("p{n},P,{}\n", if n == 0 { String::new() } else { format!("p{}", n - 1) })).collect();
    let told = told(&format!("key,name,manager_key\n{table}"));
    assert!(told.contains("has 16 managers above each other"), "{told}");
}
