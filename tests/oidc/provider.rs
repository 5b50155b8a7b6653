//! A real `OpenID` provider for tests (npm's `oidc-provider`), and a browser that fills in its forms. Several packages
//! include this file, so it needs nothing but the standard library.

use std::{
    collections::BTreeMap,
    env,
    io::{BufRead as _, BufReader, Lines, Read as _, Write as _},
    net::TcpStream,
    path::{Path, PathBuf},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    sync::OnceLock,
};

/// The version that `cargo xtask test` installs as well (`crates/xtask/src/tools.rs`).
const VERSION: &str = "9.13.3";

/// A running provider; it ends with the value, and with the process.
#[derive(Debug)]
pub struct IdentityProvider {
    child: Child,
    commands: ChildStdin,
    said: Lines<BufReader<ChildStdout>>,
    /// Its issuer, which is its address.
    pub issuer: String,
}

impl IdentityProvider {
    /// Starts one. Where the machine has no Node it says so on standard error, past the test harness; with
    /// `WAYMARK_REQUIRE_NODE` set, as in a release run, it fails.
    pub fn start() -> Option<Self> {
        static PACKAGE: OnceLock<Result<PathBuf, String>> = OnceLock::new();
        match PACKAGE.get_or_init(package) {
            Ok(package) => Some(Self::run(package)),
            Err(why) => {
                let line = format!("SKIPPED signing in by an identity provider: {why}\n");
                assert!(env::var_os("WAYMARK_REQUIRE_NODE").is_none(), "{line}");
                let _ = std::io::stderr().write_all(line.as_bytes());
                None
            }
        }
    }

    fn run(package: &Path) -> Self {
        let mut child = Command::new("node")
            .arg(root().join("tests/oidc/start.mjs"))
            .arg(package)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("node starts");
        let said = BufReader::new(child.stdout.take().expect("a pipe")).lines();
        let commands = child.stdin.take().expect("a pipe");
        let mut provider = Self { child, commands, said, issuer: String::new() };
        provider.issuer = provider.says("READY ");
        provider
    }

    /// Waits until it has asked a device for a pause.
    pub fn slows_down(&mut self) {
        self.says("SLOWED");
    }

    /// Signs with a new key from now on, which has this id; the keys before it are gone.
    pub fn changes_its_key(&mut self, id: &str) {
        self.does(&format!("KEY {id}"));
    }

    /// Its clock goes on by so many seconds.
    pub fn is_later_by(&mut self, seconds: u64) {
        self.does(&format!("LATER {seconds}"));
    }

    fn does(&mut self, command: &str) {
        writeln!(self.commands, "{command}").expect("it listens");
        self.says("DONE");
    }

    /// The rest of the next line that begins so.
    fn says(&mut self, word: &str) -> String {
        let mut lines = self.said.by_ref().map_while(Result::ok);
        let line = lines.find_map(|line| line.strip_prefix(word).map(str::to_owned));
        line.unwrap_or_else(|| panic!("the provider ended without saying {word:?}"))
    }
}

impl Drop for IdentityProvider {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The repository.
fn root() -> PathBuf {
    let package = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let root = package.ancestors().find(|folder| folder.join("tests/oidc/start.mjs").is_file());
    root.expect("tests/oidc/start.mjs is in the repository").to_path_buf()
}

/// The package's folder: where xtask put it, or fetched now.
fn package() -> Result<PathBuf, String> {
    let tools = env::var_os("WAYMARK_TOOLS").map_or_else(|| root().join("target/tools"), PathBuf::from);
    let prefix = tools.join("npm").join(format!("oidc-provider-{VERSION}"));
    let package = prefix.join("node_modules/oidc-provider");
    let runs = |program: &str| Command::new(program).arg("--version").output().is_ok_and(|done| done.status.success());
    if !runs("node") {
        return Err("there is no node (apt install nodejs npm)".to_owned());
    }
    // Written last by npm's own order of things, so half a package is not taken for a whole one.
    if prefix.join("node_modules/.package-lock.json").is_file() && package.is_dir() {
        return Ok(package);
    }
    std::fs::create_dir_all(&prefix).map_err(|error| error.to_string())?;
    let done = Command::new("npm")
        .args(["install", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix"])
        .arg(&prefix)
        .arg(format!("oidc-provider@{VERSION}"))
        .output()
        .map_err(|error| format!("there is no npm: {error}"))?;
    match done.status.success() && package.is_dir() {
        true => Ok(package),
        false => Err(format!("npm could not fetch it: {}", String::from_utf8_lossy(&done.stderr).trim())),
    }
}

/// What a server answered.
#[derive(Clone, Debug)]
pub struct Page {
    /// The status.
    pub status: u16,
    /// Where it sends the browser.
    pub location: Option<String>,
    /// The body.
    pub body: String,
}

/// A browser without scripts, with cookies.
#[derive(Debug, Default)]
pub struct Browser {
    cookies: BTreeMap<String, String>,
}

impl Browser {
    /// Signs in as `login`, beginning at `url`, until the browser is sent away from the provider; where to.
    pub fn signs_in(&mut self, url: &str, login: &str) -> String {
        self.until_away(url, login).unwrap_or_else(|page| panic!("the sign-in ended at {page:?}"))
    }

    /// Confirms a device's code as `login`, at the address with the code in it.
    pub fn confirms(&mut self, url: &str, login: &str) {
        let page = self.until_away(url, login).expect_err("nobody is sent away by a device's code");
        assert!(page.status == 200 && page.body.contains("Sign-in Success"), "{page:?}");
    }

    /// Fills in whatever comes; the address elsewhere, or the last page without a form.
    fn until_away(&mut self, url: &str, login: &str) -> Result<String, Page> {
        let home = origin(url).to_owned();
        let mut page = self.get(url);
        for _ in 0..20 {
            page = match &page.location {
                Some(to) if to.starts_with('/') => self.get(&format!("{home}{to}")),
                Some(to) if origin(to) == home => self.get(&to.clone()),
                Some(to) => return Ok(to.clone()),
                None => match form(&page.body, login) {
                    Some((action, fields)) => self.post(&action, &fields),
                    None => return Err(page),
                },
            };
        }
        panic!("the sign-in goes round in circles: {page:?}");
    }

    /// `GET`.
    pub fn get(&mut self, url: &str) -> Page {
        self.ask("GET", url, "")
    }

    /// Sends a form.
    pub fn post(&mut self, url: &str, fields: &[(String, String)]) -> Page {
        let encoded: Vec<String> =
            fields.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
        self.ask("POST", url, &encoded.join("&"))
    }

    /// In HTTP/1.0, whose answers end with the connection.
    fn ask(&mut self, method: &str, url: &str, body: &str) -> Page {
        let home = origin(url);
        let host = home.strip_prefix("http://").expect("a provider of this machine");
        let path = match &url[home.len()..] {
            "" => "/",
            path => path,
        };
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = format!(
            "{method} {path} HTTP/1.0\r\nHost: {host}\r\nCookie: {}\r\nContent-Length: {}\r\n\
             Content-Type: application/x-www-form-urlencoded\r\n\r\n{body}",
            cookies.join("; "),
            body.len()
        );
        let mut stream = TcpStream::connect(host).expect("it listens");
        stream.write_all(request.as_bytes()).expect("it reads");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("it answers");
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let (head, body) = answer.split_once("\r\n\r\n").expect("a head and a body");
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
        let mut location = None;
        for (name, value) in head.lines().filter_map(|line| line.split_once(": ")) {
            match name.to_ascii_lowercase().as_str() {
                "location" => location = Some(value.to_owned()),
                "set-cookie" => {
                    let pair = value.split(';').next().and_then(|pair| pair.split_once('=')).expect("a cookie");
                    self.cookies.insert(pair.0.to_owned(), pair.1.to_owned());
                }
                _ => {}
            }
        }
        self.cookies.retain(|_, value| !value.is_empty());
        Page { status, location, body: body.to_owned() }
    }
}

/// The value of a parameter in an address, decoded.
pub fn parameter(url: &str, name: &str) -> Option<String> {
    let query = url.split_once('?')?.1.split('#').next()?;
    query
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| decode(value))
}

/// Scheme, host and port.
fn origin(url: &str) -> &str {
    let start = url.find("://").map_or(0, |at| at + 3);
    let end = url[start..].find(['/', '?', '#']).map_or(url.len(), |at| start + at);
    &url[..end]
}

/// The first form of a page as somebody fills it in: where it goes, and its fields.
fn form(page: &str, login: &str) -> Option<(String, Vec<(String, String)>)> {
    let page = &page[page.find("<form")?..];
    let page = &page[..page.find("</form>")?];
    let action = attribute(page, "action")?;
    let field = |tag: &str| {
        let name = attribute(tag, "name")?;
        let value = match name.as_str() {
            "login" => login.to_owned(),
            "password" => "any".to_owned(),
            _ => attribute(tag, "value")?,
        };
        Some((name, value))
    };
    Some((action, page.split("<input").skip(1).filter_map(field).collect()))
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let from = tag.find(&format!("{name}=\""))? + name.len() + 2;
    let value = &tag[from..];
    Some(value[..value.find('"')?].to_owned())
}

fn encode(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    text.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

fn decode(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let hex = tail.get(..2).and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok());
        match (first, hex) {
            (b'%', Some(byte)) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            _ => {
                bytes.push(if *first == b'+' { b' ' } else { *first });
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
