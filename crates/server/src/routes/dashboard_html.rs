//! The organisation's numbers as a page that any browser reads: no script, nothing from elsewhere, no people.

use std::fmt::Write as _;

use waymark_core::team::{SMALLEST_GROUP, TeamOverview, share_in_words};

use crate::html::{self, escaped};

/// Rules beside those of every page: its tables and its one large figure.
const STYLE: &str = "table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.4rem .6rem;\
border-bottom:1px solid #d8dee6}td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}\
p.big{font-size:2rem;margin:.2rem 0}@media(prefers-color-scheme:dark){th,td{border-color:#2c3542}}";

/// The page. People, their names and what waits for their managers stay out of it.
pub(super) fn dashboard(page: &TeamOverview) -> String {
    let mut out = String::with_capacity(8 * 1024);
    let name = escaped(&page.team);
    // Writing into a string cannot fail.
    let _ = write!(
        out,
        "<h1>Onboarding at {name}</h1>\
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
        let people = share_in_words(step.people);
        let _ = write!(
            out,
            "<tr><td>{}<td>{}<td class=\"n\">{people}<td class=\"n\">{}<td class=\"n\">{}</tr>",
            escaped(&step.title),
            escaped(&step.journey),
            days(step.median_days),
            days(step.p90_days)
        );
    }
    out.push_str("</table>");
    html::page(&format!("Onboarding at {}", page.team), STYLE, &out)
}

fn at_least_five(people: u32) -> String {
    if people < SMALLEST_GROUP { format!("fewer than {SMALLEST_GROUP}") } else { people.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_groups_stay_out() {
        assert_eq!((at_least_five(4).as_str(), at_least_five(5).as_str()), ("fewer than 5", "5"));
    }
}
