//! The organisation's numbers as a page that any browser reads: no script, nothing from elsewhere, no people.

use std::fmt::Write as _;

use waymark_core::team::{SMALLEST_GROUP, TeamOverview, share_in_words};

const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;max-width:52rem;margin:3rem auto;padding:0 1rem;\
color:#1c2430;background:#fff}h1{font-size:1.6rem}h2{font-size:1.15rem;margin-top:2rem}\
table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.4rem .6rem;border-bottom:1px solid #d8dee6}\
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}p.big{font-size:2rem;margin:.2rem 0}\
small{color:#566274}@media(prefers-color-scheme:dark){body{color:#e6eaf0;background:#12161c}\
th,td{border-color:#2c3542}small{color:#9aa7b8}}";

/// The page. People, their names and what waits for their managers stay out of it.
pub(super) fn html(page: &TeamOverview) -> String {
    let mut out = String::with_capacity(8 * 1024);
    let name = escaped(&page.team);
    // Writing into a string cannot fail.
    let _ = write!(
        out,
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <title>Onboarding at {name}</title><style>{STYLE}</style><h1>Onboarding at {name}</h1>\
         <p><small>As of {}. Groups of fewer than {SMALLEST_GROUP} people are not shown as numbers.</small></p>\
         <h2>In onboarding now</h2><p class=\"big\">{}</p>",
        page.as_of.strftime("%-d %B %Y, %H:%M UTC"),
        at_least_five(page.onboarding),
    );
    out.push_str("<h2>Time to each milestone, in working days</h2>");
    for chart in &page.curves {
        let _ = write!(
            out,
            "<h3>{}</h3><p>{} <small>{}</small></p>",
            escaped(&chart.title),
            escaped(&chart.sentence),
            escaped(&chart.definition)
        );
    }
    out.push_str(
        "<h2>Who started in the last year and reached it</h2><table><tr><th>Milestone<th class=\"n\">People</tr>",
    );
    for bar in &page.reached {
        let _ = write!(
            out,
            "<tr><td>{}<td class=\"n\">{}</tr>",
            escaped(&bar.title),
            escaped(&share_in_words(bar.reached))
        );
    }
    out.push_str(
        "</table><h2>Slowest steps</h2><table><tr><th>Step<th>Journey<th class=\"n\">People\
         <th class=\"n\">Median<th class=\"n\">90 %</tr>",
    );
    for step in page.slow_steps.iter().take(15) {
        let days = |days: Option<f64>| days.map_or_else(|| "–".to_owned(), |days| format!("{days:.1}"));
        let people = step.people.shown().map_or_else(|| "under 5".to_owned(), |people| people.to_string());
        let _ = write!(
            out,
            "<tr><td>{}<td>{}<td class=\"n\">{people}<td class=\"n\">{}<td class=\"n\">{}</tr>",
            escaped(&step.title),
            escaped(&step.journey),
            days(step.median_days),
            days(step.p90_days)
        );
    }
    out.push_str("</table></html>");
    out
}

fn at_least_five(people: u32) -> String {
    if people < SMALLEST_GROUP { format!("fewer than {SMALLEST_GROUP}") } else { people.to_string() }
}

/// Text that is text in HTML.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_groups_and_markup_stay_out() {
        assert_eq!((at_least_five(4).as_str(), at_least_five(5).as_str()), ("fewer than 5", "5"));
        assert_eq!(escaped("<b>\"a\" & b</b>"), "&lt;b&gt;&quot;a&quot; &amp; b&lt;/b&gt;");
    }
}
