//! Signs of print, as far as a site wants them.

use pulldown_cmark::CowStr;

use crate::config::Smarty;

/// What is shown for a piece of text: `sign` as the parser read it, `written` as its author wrote it.
pub(super) fn printed<'t>(sign: CowStr<'t>, written: &'t str, smarty: &Smarty) -> CowStr<'t> {
    let wanted = match &*sign {
        "‘" | "’" | "“" | "”" => smarty.quotes,
        "–" | "—" => smarty.dashes,
        "…" => smarty.dots,
        _ => return sign,
    };
    if *sign == *written {
        // The author's own sign.
        return sign;
    }
    if !wanted {
        return written.into();
    }
    match smarty.signs.get(&*sign) {
        Some(own) => own.clone().into(),
        None => sign,
    }
}

/// `text` with its angle quotes as signs, if the site wants them; code must not be given to it.
pub(super) fn angled<'t>(text: CowStr<'t>, smarty: &Smarty) -> CowStr<'t> {
    if !smarty.angles || !(text.contains("<<") || text.contains(">>")) {
        return text;
    }
    text.replace("<<", own("«", smarty)).replace(">>", own("»", smarty)).into()
}

fn own<'s>(sign: &'s str, smarty: &'s Smarty) -> &'s str {
    smarty.signs.get(sign).map_or(sign, String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_chooses_its_signs() {
        let german = Smarty {
            dashes: false,
            angles: true,
            signs: [("“".to_owned(), "„".to_owned())].into(),
            ..Smarty::default()
        };
        let check = |sign: &'static str, written: &'static str| printed(sign.into(), written, &german).to_string();
        assert_eq!(check("“", "\""), "„");
        assert_eq!(check("“", "“"), "“", "what the author wrote stays");
        assert_eq!(check("–", "--"), "--");
        assert_eq!(check("…", "..."), "…");
        assert_eq!(&*angled("a >>b<<".into(), &german), "a »b«");
        assert_eq!(&*angled("a >>b<<".into(), &Smarty::default()), "a >>b<<");
    }
}
