//! The index's fields, and how a document fills them.

use frostem::Stemmer;
use tantivy::{
    TantivyDocument,
    schema::{FAST, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions},
    tokenizer::{PreTokenizedString, Token},
};

use crate::{
    Document, Section,
    fold::fold,
    language::Language,
    token::{Form, Part, pairs, words},
};

/// Stands before the stem of a word, so that no stem is mistaken for a word.
pub(crate) const STEM: char = '\u{1}';

/// Stored headings are joined by this.
pub(crate) const JOINT: char = '\u{1f}';

/// Handles of the fields.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fields {
    /// Raw key, to replace a document.
    pub(crate) key: Field,
    /// [`crate::Kind::word`].
    pub(crate) kind: Field,
    /// Words of the source.
    pub(crate) source: Field,
    /// ISO 639-3 code.
    pub(crate) language: Field,
    /// A hash of the key, to put the sections of one document together.
    pub(crate) document: Field,
    /// [`Document::stamp`].
    pub(crate) stamp: Field,
    /// What is searched.
    pub(crate) text: [Field; 5],
    /// What is shown, by [`Shown`].
    pub(crate) shown: [Field; 5],
}

/// Places in [`Fields::text`]. The title stands in `TITLE` in a document's first section only, and
/// in `PATH` in the others, so that a page that is found by its title is shown once, from its start.
pub(crate) const TITLE: usize = 0;
pub(crate) const HEADING: usize = 1;
pub(crate) const PATH: usize = 2;
pub(crate) const BODY: usize = 3;
pub(crate) const CODE: usize = 4;

/// What a word counts for in each of [`Fields::text`]: a title eight times a text, a heading four
/// times. Only first sections have a title, so the average title is a fraction of a word, and BM25
/// takes a real one for a long text and divides it by about three; the title's figure makes up for it.
pub(crate) const BOOST: [f32; 5] = [24.0, 4.0, 1.5, 1.0, 0.6];

const TEXT_NAMES: [&str; 5] = ["title", "heading", "path", "body", "code"];
const SHOWN_NAMES: [&str; 5] = ["from", "name", "headings", "anchor", "text"];

/// Places in [`Fields::shown`].
pub(crate) enum Shown {
    Source,
    Title,
    Headings,
    Anchor,
    Text,
}

/// The schema and its handles.
pub(crate) fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    // Words are compared one by one, so no places are kept: a third of the size.
    let indexing = TextFieldIndexing::default().set_index_option(IndexRecordOption::WithFreqs);
    let searched = TextOptions::default().set_indexing_options(indexing.clone());
    let named = TextOptions::default()
        .set_indexing_options(indexing.set_index_option(IndexRecordOption::Basic).set_fieldnorms(false));
    let fields = Fields {
        key: builder.add_text_field("key", STRING | STORED),
        kind: builder.add_text_field("kind", STRING | STORED),
        source: builder.add_text_field("source", named),
        language: builder.add_text_field("language", STRING),
        document: builder.add_u64_field("document", FAST),
        stamp: builder.add_u64_field("stamp", FAST | INDEXED),
        text: TEXT_NAMES.map(|name| builder.add_text_field(name, searched.clone())),
        shown: SHOWN_NAMES.map(|name| builder.add_text_field(name, TextOptions::default().set_stored())),
    };
    (builder.build(), fields)
}

/// The rows of a document: one for each section, and one where it has none. They are made one by one,
/// because the words of a long page take far more room than its text.
pub(crate) fn rows<'a>(fields: &'a Fields, document: &'a Document) -> impl Iterator<Item = TantivyDocument> + 'a {
    let language = language_of(document);
    let filler = Filler { fields, document, language, stemmer: language.stemmer() };
    let empty = document.sections.is_empty().then(Section::default);
    let lone = empty.map(|section| filler.row(0, &section));
    lone.into_iter().chain(document.sections.iter().enumerate().map(move |(index, section)| filler.row(index, section)))
}

fn language_of(document: &Document) -> Language {
    let mut sample = document.title.clone();
    for section in &document.sections {
        if sample.len() > 2_000 {
            break;
        }
        sample.push('\n');
        sample.push_str(&section.body);
    }
    Language::of(&sample)
}

struct Filler<'a> {
    fields: &'a Fields,
    document: &'a Document,
    language: Language,
    stemmer: Stemmer,
}

impl Filler<'_> {
    fn row(&self, index: usize, section: &Section) -> TantivyDocument {
        let Self { fields, document, .. } = self;
        let mut row = TantivyDocument::new();
        row.add_text(fields.key, &document.key);
        row.add_text(fields.kind, document.kind.word());
        row.add_text(fields.language, self.language.code);
        row.add_u64(fields.document, fingerprint(&document.key));
        row.add_u64(fields.stamp, document.stamp);
        row.add_pre_tokenized_text(fields.source, tokens([source_words(&document.source)]));

        let (own, above) = section.headings.split_last().map_or((None, &[][..]), |(own, above)| (Some(own), above));
        let above = above.iter().map(String::as_str);
        let (title, path): (&[&str], Vec<&str>) = if index == 0 {
            (&[&document.title], above.collect())
        } else {
            (&[], std::iter::once(document.title.as_str()).chain(above).collect())
        };
        let own: Vec<&str> = own.into_iter().map(String::as_str).collect();
        let texts: [&[&str]; 5] = [title, &own, &path, &[&section.body], &[&section.code]];
        for (place, texts) in texts.into_iter().enumerate() {
            // Code has no endings to take off.
            let stemmer = (place != CODE).then_some(&self.stemmer);
            let terms = texts.iter().map(|text| terms(text, stemmer));
            row.add_pre_tokenized_text(fields.text[place], tokens(terms));
        }

        row.add_text(fields.shown[Shown::Source as usize], &document.source);
        row.add_text(fields.shown[Shown::Title as usize], &document.title);
        row.add_text(fields.shown[Shown::Headings as usize], section.headings.join(&JOINT.to_string()));
        row.add_text(fields.shown[Shown::Anchor as usize], section.anchor.as_deref().unwrap_or_default());
        let text = [section.body.trim(), section.code.trim()].join("\n");
        row.add_text(fields.shown[Shown::Text as usize], text.trim());
        row
    }
}

/// FNV-1a: stable over releases, unlike the standard library's hasher.
pub(crate) fn fingerprint(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// What `repo:` may say: the source as a whole and each of its words.
fn source_words(source: &str) -> Vec<String> {
    let mut all = terms(source, None);
    all.push(fold(&crate::fold::lower(source)));
    all
}

fn tokens(texts: impl IntoIterator<Item = Vec<String>>) -> PreTokenizedString {
    // No places are kept, but tantivy counts them.
    let token = |(position, text)| Token { position, text, ..Token::default() };
    let tokens = texts.into_iter().flatten().enumerate().map(token).collect();
    PreTokenizedString { text: String::new(), tokens }
}

/// Everything that a text is found by.
pub(crate) fn terms(text: &str, stemmer: Option<&Stemmer>) -> Vec<String> {
    let mut all = Vec::new();
    let add_part = |part: Part, all: &mut Vec<String>| {
        if let Some(stemmer) = stemmer {
            all.extend(
                stem(stemmer, &part.lower).filter(|stem| *stem != part.folded).map(|stem| format!("{STEM}{stem}")),
            );
        }
        all.push(part.folded);
        all.extend(part.humps);
    };
    for word in words(text) {
        match word.form {
            Form::Plain(part) => add_part(part, &mut all),
            Form::Name { whole, parts } => {
                all.push(whole);
                parts.into_iter().for_each(|part| add_part(part, &mut all));
            }
            Form::Run(run) => {
                // The last character begins no pair, and must be found alone as well.
                if let [_, .., last] = run.as_slice() {
                    all.push(last.to_string());
                }
                all.extend(pairs(&run));
            }
        }
    }
    all
}

/// A word without its ending, folded; nothing for what is no word, or too short to tell without it.
pub(crate) fn stem(stemmer: &Stemmer, lower: &str) -> Option<String> {
    let is_word = lower.chars().nth(2).is_some() && lower.chars().all(char::is_alphabetic);
    is_word.then(|| fold(&stemmer.stem(lower))).filter(|stem| stem.chars().nth(2).is_some())
}
