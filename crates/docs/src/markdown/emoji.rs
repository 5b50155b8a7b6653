//! Emoji by the short names that GitHub and pymdown-extensions share: the common ones.

/// Sorted by name, for the binary search.
#[rustfmt::skip]
const EMOJI: &[(&str, &str)] = &[
    ("+1", "👍"), ("-1", "👎"), ("100", "💯"), ("alarm_clock", "⏰"), ("anchor", "⚓"), ("angry", "😠"), ("ant", "🐜"),
    ("apple", "🍎"), ("arrow_down", "⬇️"), ("arrow_forward", "▶️"), ("arrow_left", "⬅️"), ("arrow_right", "➡️"),
    ("arrow_up", "⬆️"), ("ballot_box_with_check", "☑️"), ("bangbang", "‼️"), ("bar_chart", "📊"),
    ("battery", "🔋"), ("bee", "🐝"), ("beer", "🍺"), ("bell", "🔔"), ("black_circle", "⚫"),
    ("black_large_square", "⬛"), ("blue_book", "📘"), ("blush", "😊"), ("book", "📖"), ("bookmark", "🔖"),
    ("books", "📚"), ("boom", "💥"), ("bug", "🐛"), ("bulb", "💡"), ("bust_in_silhouette", "👤"),
    ("busts_in_silhouette", "👥"), ("cake", "🍰"), ("calendar", "📆"), ("card_index_dividers", "🗂️"), ("cat", "🐱"),
    ("chart_with_upwards_trend", "📈"), ("checkered_flag", "🏁"), ("city_sunset", "🌆"), ("clap", "👏"),
    ("clipboard", "📋"), ("clock1", "🕐"), ("closed_book", "📕"), ("cloud", "☁️"), ("coffee", "☕"),
    ("compass", "🧭"), ("computer", "💻"), ("confused", "😕"), ("construction", "🚧"), ("construction_worker", "👷"),
    ("cookie", "🍪"), ("cop", "👮"), ("copyright", "©️"), ("crab", "🦀"), ("credit_card", "💳"), ("cry", "😢"),
    ("crystal_ball", "🔮"), ("dart", "🎯"), ("date", "📅"), ("desktop_computer", "🖥️"), ("detective", "🕵️"),
    ("dizzy", "💫"), ("dog", "🐶"), ("door", "🚪"), ("earth_africa", "🌍"), ("earth_americas", "🌎"),
    ("earth_asia", "🌏"), ("electric_plug", "🔌"), ("elephant", "🐘"), ("email", "📧"), ("envelope", "✉️"),
    ("exclamation", "❗"), ("exploding_head", "🤯"), ("eyes", "👀"), ("fearful", "😨"), ("file_folder", "📁"),
    ("fire", "🔥"), ("flashlight", "🔦"), ("floppy_disk", "💾"), ("fox_face", "🦊"), ("gear", "⚙️"), ("gem", "💎"),
    ("ghost", "👻"), ("gift", "🎁"), ("globe_with_meridians", "🌐"), ("green_book", "📗"), ("green_circle", "🟢"),
    ("green_heart", "💚"), ("grey_exclamation", "❕"), ("grey_question", "❔"), ("grin", "😁"), ("grinning", "😀"),
    ("hammer", "🔨"), ("hammer_and_wrench", "🛠️"), ("handshake", "🤝"), ("hatching_chick", "🐣"), ("heart", "❤️"),
    ("heart_eyes", "😍"), ("heavy_check_mark", "✔️"), ("heavy_minus_sign", "➖"),
    ("heavy_multiplication_x", "✖️"), ("heavy_plus_sign", "➕"), ("hourglass", "⌛"),
    ("hourglass_flowing_sand", "⏳"), ("house", "🏠"), ("hugs", "🤗"), ("information_desk_person", "💁"),
    ("information_source", "ℹ️"), ("innocent", "😇"), ("joy", "😂"), ("key", "🔑"), ("keyboard", "⌨️"),
    ("label", "🏷️"), ("large_blue_circle", "🔵"), ("laughing", "😆"), ("link", "🔗"), ("lock", "🔒"),
    ("loudspeaker", "📢"), ("mag", "🔍"), ("mag_right", "🔎"), ("mailbox", "📫"), ("man_technologist", "👨‍💻"),
    ("mega", "📣"), ("memo", "📝"), ("microscope", "🔬"), ("moneybag", "💰"), ("moon", "🌔"), ("mountain", "⛰️"),
    ("muscle", "💪"), ("nerd_face", "🤓"), ("new", "🆕"), ("newspaper", "📰"), ("no_entry", "⛔"),
    ("no_entry_sign", "🚫"), ("notebook", "📓"), ("ocean", "🌊"), ("octocat", "🐙"), ("octopus", "🐙"), ("ok", "🆗"),
    ("ok_hand", "👌"), ("open_book", "📖"), ("open_file_folder", "📂"), ("orange_book", "📙"),
    ("orange_circle", "🟠"), ("package", "📦"), ("page_facing_up", "📄"), ("paperclip", "📎"),
    ("partying_face", "🥳"), ("pencil", "📝"), ("pencil2", "✏️"), ("penguin", "🐧"), ("phone", "☎️"),
    ("pizza", "🍕"), ("point_down", "👇"), ("point_left", "👈"), ("point_right", "👉"), ("point_up", "☝️"),
    ("pray", "🙏"), ("pushpin", "📌"), ("puzzle_piece", "🧩"), ("question", "❓"), ("rainbow", "🌈"),
    ("raised_hand", "✋"), ("raised_hands", "🙌"), ("recycle", "♻️"), ("red_circle", "🔴"), ("relaxed", "☺️"),
    ("robot", "🤖"), ("rocket", "🚀"), ("rotating_light", "🚨"), ("satellite", "📡"), ("scream", "😱"),
    ("scroll", "📜"), ("see_no_evil", "🙈"), ("seedling", "🌱"), ("shield", "🛡️"), ("ship", "🚢"), ("shrug", "🤷"),
    ("skull", "💀"), ("slightly_smiling_face", "🙂"), ("smile", "😄"), ("smiley", "😃"), ("snail", "🐌"),
    ("snake", "🐍"), ("snowflake", "❄️"), ("sob", "😭"), ("sos", "🆘"), ("sparkles", "✨"), ("speech_balloon", "💬"),
    ("spiral_calendar", "🗓️"), ("star", "⭐"), ("star2", "🌟"), ("stop_sign", "🛑"), ("stopwatch", "⏱️"),
    ("straight_ruler", "📏"), ("sunglasses", "😎"), ("sunny", "☀️"), ("sunrise", "🌅"), ("sweat_smile", "😅"),
    ("tada", "🎉"), ("technologist", "🧑‍💻"), ("telescope", "🔭"), ("test_tube", "🧪"), ("thinking", "🤔"),
    ("thought_balloon", "💭"), ("thumbsdown", "👎"), ("thumbsup", "👍"), ("ticket", "🎫"), ("toolbox", "🧰"),
    ("tools", "🛠️"), ("triangular_flag_on_post", "🚩"), ("triangular_ruler", "📐"), ("trophy", "🏆"),
    ("truck", "🚚"), ("turtle", "🐢"), ("unlock", "🔓"), ("upside_down_face", "🙃"), ("warning", "⚠️"),
    ("wastebasket", "🗑️"), ("watch", "⌚"), ("wave", "👋"), ("whale", "🐳"), ("white_check_mark", "✅"),
    ("white_circle", "⚪"), ("white_large_square", "⬜"), ("wink", "😉"), ("world_map", "🗺️"), ("wrench", "🔧"),
    ("writing_hand", "✍️"), ("x", "❌"), ("yellow_circle", "🟡"), ("yellow_heart", "💛"), ("yum", "😋"),
    ("zap", "⚡"), ("zzz", "💤"),
];

/// The characters for a name, if it is a known one.
pub(crate) fn emoji(name: &str) -> Option<&'static str> {
    EMOJI.binary_search_by_key(&name, |(name, _)| name).ok().map(|index| EMOJI[index].1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_and_found() {
        assert!(EMOJI.is_sorted_by(|a, b| a.0 < b.0), "the search needs this order, and each name once");
        assert_eq!(emoji("rocket"), Some("🚀"));
        assert_eq!(emoji("nonsense"), None);
    }
}
