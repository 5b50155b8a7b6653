//! The picture at the left: contour lines and a way up, drawn in the theme's colours.

use leptos::prelude::*;

/// One contour line per line, as path data on a ground of 432 × 780.
const CONTOURS: &str = include_str!("contours.txt");

/// A way over contour lines, partly walked.
#[component]
pub(crate) fn Scene() -> impl IntoView {
    view! {
        <svg class="wm-scene" viewBox="0 0 432 780" preserveAspectRatio="xMidYMid slice" aria-hidden="true">
            <g class="wm-scene__contour">{CONTOURS.lines().map(|line| view! { <path d=line/> }).collect_view()}</g>
            <path class="wm-scene__way" d="M228 458C262 420 176 388 214 344S302 300 286 236"/>
            <circle class="wm-scene__halo" cx="286" cy="236" r="20"/>
            <circle class="wm-scene__halo" cx="214" cy="344" r="14"/>
            <circle class="wm-scene__halo" cx="228" cy="458" r="15"/>
            <path class="wm-scene__walked" d="M84 640C96 580 168 606 172 552S196 494 228 458"/>
            <path class="wm-scene__mark wm-scene__mark--reached" d="m84 633 7 7-7 7-7-7Z"/>
            <path class="wm-scene__mark wm-scene__mark--reached" d="m172 545 7 7-7 7-7-7Z"/>
            <path class="wm-scene__mark wm-scene__mark--reached" d="m228 448 10 10-10 10-10-10Z"/>
            <path class="wm-scene__mark" d="m214 336 8 8-8 8-8-8Z"/>
            <path class="wm-scene__mark" d="m286 224 12 12-12 12-12-12Z"/>
        </svg>
    }
}
