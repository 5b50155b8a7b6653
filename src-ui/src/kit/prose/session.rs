//! What is copied from a terminal session: the commands, without prompts and without what they answered.

/// Languages in which a line that begins with `$ ` is typed after a prompt.
const SHELLS: [&str; 8] = ["", "console", "bash", "shell", "sh", "zsh", "text", "plain text"];

/// The commands of a session, a line each; `None` where the text is none.
pub(crate) fn commands(language: &str, text: &str) -> Option<String> {
    if !SHELLS.contains(&language.trim().to_lowercase().as_str()) {
        return None;
    }
    let mut commands: Vec<&str> = Vec::new();
    // Whether the line before goes on in the next one.
    let mut open = false;
    let mut found = false;
    for line in text.lines() {
        if let Some(command) = prompted(line) {
            commands.push(command);
            found = true;
            open = command.ends_with('\\');
        } else if open {
            // The shell's own sign for a line that goes on is no part of it.
            let line = line.strip_prefix("> ").unwrap_or(line);
            commands.push(line);
            open = line.ends_with('\\');
        }
    }
    found.then(|| commands.join("\n"))
}

/// What stands behind the prompt of a line: `$ ls`, `user@host:~/x$ ls`, `(venv) $ ls`.
fn prompted(line: &str) -> Option<&str> {
    if let Some(command) = line.trim_start().strip_prefix("$ ") {
        return Some(command);
    }
    let (prompt, command) = line.split_once("$ ")?;
    let is_prompt = (prompt.contains('@') && prompt.contains(':') && !prompt.contains(' '))
        || (prompt.starts_with('(') && prompt.trim_end().ends_with(')'));
    is_prompt.then_some(command)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Option<String> {
        commands("Console", text)
    }

    #[test]
    fn prompts_and_answers_stay_behind() {
        assert_eq!(of("$ make\ndone\n$ make test\nok\n").as_deref(), Some("make\nmake test"));
        assert_eq!(of("  $ ls").as_deref(), Some("ls"));
        assert_eq!(of("ada@box:~/x$ ls -l\ntotal 0").as_deref(), Some("ls -l"));
        assert_eq!(of("(venv) $ pip list").as_deref(), Some("pip list"));
    }

    #[test]
    fn a_command_may_go_on_in_the_next_line() {
        assert_eq!(
            of("$ docker run \\\n>   -it \\\n    alpine\nhello").as_deref(),
            Some("docker run \\\n  -it \\\n    alpine")
        );
    }

    #[test]
    fn what_is_no_session_is_copied_as_it_is() {
        assert_eq!(of("make\nmake test"), None);
        assert_eq!(of("echo \"costs 5$ more\""), None, "a dollar inside a line");
        assert_eq!(commands("PHP", "$ x = 1"), None);
        assert_eq!(commands("Bash", "$ ls").as_deref(), Some("ls"));
    }
}
