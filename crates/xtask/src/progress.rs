//! Says what is being done, for how long, and, when it fails, what to do next.

use std::{
    fmt,
    fs::{self, File},
    io::{self, BufRead as _, BufReader, IsTerminal as _, Write as _},
    path::PathBuf,
    process::{Command, Stdio},
    sync::mpsc::{self, RecvTimeoutError},
    thread,
    time::{Duration, Instant},
};

use anyhow::Context as _;

use crate::{paths, report::seconds};

/// How many of a failed command's last lines are shown.
const TAIL: usize = 40;
/// How often a step that runs for long says so where there is no terminal to redraw.
const HEARTBEAT: Duration = Duration::from_secs(30);

/// A step that is under way. Its commands write to a log of their own under `target/xtask`.
pub(crate) struct Step {
    title: String,
    started: Instant,
    log_path: PathBuf,
    log: File,
    /// Whether something was printed since the header, so that the end needs a line of its own.
    interrupted: bool,
}

/// A step that could not be finished, told so that a person knows what to do.
#[derive(Debug)]
struct StepFailed {
    title: String,
    took: Duration,
    cause: String,
    log: PathBuf,
    next: String,
}

impl fmt::Display for StepFailed {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "✗ {} failed after {}", self.title, seconds(self.took))?;
        for line in self.cause.lines() {
            writeln!(out, "    {line}")?;
        }
        writeln!(out, "  log:  {}", self.log.display())?;
        write!(out, "  next: {}", self.next)
    }
}

impl std::error::Error for StepFailed {}

/// Runs one step: prints its title, what it takes, and on failure the cause and what to do next.
pub(crate) fn step<T>(title: &str, next: &str, work: impl FnOnce(&mut Step) -> anyhow::Result<T>) -> anyhow::Result<T> {
    let mut step = Step::start(title)?;
    match work(&mut step) {
        Ok(value) => {
            step.finish("");
            Ok(value)
        }
        Err(error) => {
            step.finish(" failed");
            let (title, took) = (step.title, step.started.elapsed());
            Err(StepFailed { title, took, cause: format!("{error:#}"), log: step.log_path, next: next.to_owned() }
                .into())
        }
    }
}

/// Prints an error to standard error, in the form in which it explains itself.
pub(crate) fn explain(error: &anyhow::Error) {
    match error.downcast_ref::<StepFailed>() {
        Some(failed) => eprintln!("\n{failed}"),
        None => eprintln!("\n✗ {error:#}"),
    }
}

impl Step {
    fn start(title: &str) -> anyhow::Result<Self> {
        let folder = paths::target().join("xtask");
        fs::create_dir_all(&folder).with_context(|| format!("could not make {}", folder.display()))?;
        let name: String = title.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
        let log_path = folder.join(format!("{name}.log"));
        let log = File::create(&log_path).with_context(|| format!("could not write {}", log_path.display()))?;
        print!("▸ {title} …");
        let _ = io::stdout().flush();
        Ok(Self { title: title.to_owned(), started: Instant::now(), log_path, log, interrupted: false })
    }

    /// Prints a line that belongs to this step and must stay visible.
    pub(crate) fn note(&mut self, text: &str) {
        println!("{}    {text}", if self.interrupted { "" } else { "\n" });
        self.interrupted = true;
    }

    /// Runs a command to its end and answers with all that it printed.
    ///
    /// # Errors
    ///
    /// Where the command cannot be started or ends badly; the message carries its last lines.
    pub(crate) fn run(&mut self, command: Command) -> anyhow::Result<String> {
        let shown = show(&command);
        let (success, output) = self.run_to_end(command)?;
        anyhow::ensure!(success, "{shown}\n{}", tail(&output));
        Ok(output)
    }

    /// Runs a command to its end, and answers whether it succeeded and what it printed.
    pub(crate) fn run_to_end(&mut self, mut command: Command) -> anyhow::Result<(bool, String)> {
        let shown = show(&command);
        writeln!(self.log, "$ {shown}")?;
        let (reader, writer) = io::pipe().context("could not make a pipe")?;
        command.stdin(Stdio::null()).stdout(writer.try_clone()?).stderr(writer);
        let mut child = command.spawn().with_context(|| format!("could not start {shown}"))?;
        drop(command); // it holds the pipe's writing end, which must close when the child's does

        let (sender, lines) = mpsc::channel();
        thread::spawn(move || {
            for line in BufReader::new(reader).split(b'\n').map_while(Result::ok) {
                if sender.send(String::from_utf8_lossy(&line).trim_end().to_owned()).is_err() {
                    break;
                }
            }
        });
        let (mut output, mut last, mut spoke) = (String::new(), String::new(), Instant::now());
        loop {
            match lines.recv_timeout(Duration::from_secs(1)) {
                Ok(line) => {
                    writeln!(self.log, "{line}")?;
                    output.push_str(&line);
                    output.push('\n');
                    if !line.trim().is_empty() {
                        last = line;
                    }
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break,
            }
            self.keep_alive(&last, &mut spoke);
        }
        let status = child.wait().with_context(|| format!("could not wait for {shown}"))?;
        Ok((status.success(), output))
    }

    /// Redraws the line on a terminal; elsewhere says every half minute that work goes on.
    fn keep_alive(&mut self, last: &str, spoke: &mut Instant) {
        let elapsed = seconds(self.started.elapsed());
        let brief: String = last.trim().chars().take(60).collect();
        if io::stdout().is_terminal() {
            if spoke.elapsed() >= Duration::from_millis(500) {
                print!("\r\x1b[2K▸ {} … {elapsed}  \x1b[2m{brief}\x1b[0m", self.title);
                let _ = io::stdout().flush();
                *spoke = Instant::now();
            }
        } else if spoke.elapsed() >= HEARTBEAT {
            self.note(&format!("{elapsed}: {brief}"));
            *spoke = Instant::now();
        }
    }

    fn finish(&mut self, how: &str) {
        let elapsed = seconds(self.started.elapsed());
        match (io::stdout().is_terminal(), self.interrupted) {
            (true, false) => println!("\r\x1b[2K▸ {} …{how} {elapsed}", self.title),
            (true, true) => println!("\r\x1b[2K  …{how} {elapsed}"),
            (false, false) => println!("{how} {elapsed}"),
            (false, true) => println!("  …{how} {elapsed}"),
        }
    }
}

/// The command as a person would type it, without the environment.
fn show(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

fn tail(output: &str) -> String {
    let lines: Vec<&str> = output.lines().filter(|line| !line.trim().is_empty()).collect();
    lines[lines.len().saturating_sub(TAIL)..].join("\n")
}
