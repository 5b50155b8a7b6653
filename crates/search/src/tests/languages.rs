//! Stems by language, scripts without spaces, accents.

use super::{Shelf, page, shown};

fn shelf() -> Shelf {
    Shelf::of(&[
        page(
            "en",
            "Running services",
            "The scheduler is running all deployments. When it runs, every worker is configured by the operators of the platform, and the machines are restarted one after the other.",
        ),
        page(
            "de",
            "Zugänge beantragen",
            "Wer neu ist, beantragt in der ersten Woche die Zugänge zu den Rechnern. Die Straße zum Büro ist lang, und die Häuser sind alt, aber die Maschinen laufen schnell.",
        ),
        page(
            "es",
            "La configuración",
            "La configuración de los servidores se describe en este documento, y las personas que llegan al equipo deben leerla antes de empezar con su primer proyecto.",
        ),
        page("ja", "検索ガイド", "全文検索の設定方法を説明します。日本語の文書も検索できます。"),
        page("zh", "安装指南", "首先安装客户端，然后配置网络。"),
        page("ko", "설치 안내", "클라이언트를 설치하고 네트워크를 구성합니다."),
        page("th", "คู่มือการติดตั้ง", "ติดตั้งไคลเอนต์ก่อน"),
    ])
}

#[test]
fn stems_of_english_and_german() {
    let shelf = shelf();
    for (query, expected) in [
        ("runs ", "en"),
        ("deployment ", "en"),
        ("deployed ", "en"),
        ("operator ", "en"),
        ("machine restarts ", "en"),
        ("beantragen ", "de"),
        ("Zugang Rechner ", "de"),
        ("Zugänge ", "de"),
        ("Haus ", "de"),
        ("schnelle ", "de"),
        ("Strasse ", "de"),
        ("servidor ", "es"),
        ("configuracion ", "es"),
        ("configuraciones ", "es"),
    ] {
        assert_eq!(shelf.hits(query).first().map(String::as_str), Some(expected), "{query}");
    }
}

#[test]
fn stems_are_marked() {
    let found = shelf().find("restart ");
    assert!(shown(&found.hits[0].snippet).contains("[restarted]"), "{:?}", found.hits[0].snippet);
}

#[test]
fn scripts_without_spaces() {
    let shelf = shelf();
    for (query, expected) in [
        ("検索", "ja"),
        ("全文検索", "ja"),
        ("日本語", "ja"),
        ("方", "ja"),
        ("法", "ja"),
        ("安装", "zh"),
        ("客户端 网络", "zh"),
        ("네트워크", "ko"),
        ("ติดตั้ง", "th"),
    ] {
        assert_eq!(shelf.hits(query).first().map(String::as_str), Some(expected), "{query}");
    }
    assert!(shelf.hits("語日").is_empty(), "no such pair");
    let found = shelf.find("全文検索");
    assert!(shown(&found.hits[0].snippet).starts_with("[全文検索]の設定"), "{:?}", found.hits[0].snippet);
}
