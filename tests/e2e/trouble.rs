//! What can be wrong with the library, as a person sees it: said plainly, nothing lost, a way on.

use std::{fs, process::Stdio, time::Duration};

use anyhow::Context as _;
use sqlx::{ConnectOptions as _, Connection as _, sqlite::SqliteConnectOptions};
use waymark_api::ipc::journey::{CompleteStep, ReopenStep, StepStatus};
use waymark_tests::{Disk, Home, Launch, Window, first_journey, leaves, screens};

#[tokio::test]
async fn a_damaged_library_is_put_aside_by_a_button() -> anyhow::Result<()> {
    let window = Launch::new()?.open().await?;
    screens::live_in_the_sample(&window).await?;
    let home = window.close().await?;
    let file = home.library().join("waymark.db");
    fs::write(&file, "this is no database, whatever its name says")?;
    for log in ["waymark.db-wal", "waymark.db-shm"] {
        let _ = fs::remove_file(home.library().join(log));
    }

    let window = Launch::new()?.open_in(home).await?;
    window.sees("The library cannot be read").await?;
    window.click("button", "Start with an empty library").await?;
    window.click("button", "Start empty").await?;
    window.until("the first run is shown", async || Ok(window.route().await? == "/welcome")).await?;
    let kept = fs::read_dir(window.home().library())?
        .flatten()
        .any(|file| fs::read(file.path()).is_ok_and(|bytes| bytes.starts_with(b"this is no database")));
    anyhow::ensure!(kept, "the damaged file still lies beside the new one");
    window.close().await.map(drop)
}

#[tokio::test]
async fn a_library_of_a_newer_version_is_left_alone() -> anyhow::Result<()> {
    let window = Launch::new()?.open().await?;
    let home = window.close().await?;
    let file = home.library().join("waymark.db");
    let mut db = SqliteConnectOptions::new().filename(&file).connect().await?;
    sqlx::query(
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
         VALUES (9999, 'tomorrow', 1, x'00', 0)",
    )
    .execute(&mut db)
    .await?;
    // Everything into the file itself: SQLite may move what waits in the log at any opening.
    sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(&mut db).await?;
    db.close().await?;
    let before = fs::read(&file)?;

    let window = Launch::new()?.open_in(home).await?;
    window.sees("This library was made by a newer Waymark").await?;
    window.sees("waymark.db").await?;
    let home = window.close().await?;
    let after = fs::read(home.library().join("waymark.db"))?;
    let differs = before.iter().zip(&after).position(|(before, after)| before != after);
    anyhow::ensure!(
        after == before,
        "not one byte was changed, but {} became {} bytes, which differ from {differs:?} on",
        before.len(),
        after.len()
    );
    Ok(())
}

#[tokio::test]
async fn a_full_disk_takes_no_tick_and_says_so() -> anyhow::Result<()> {
    let home = Home::fresh()?;
    let Some(disk) = Disk::over(&home.library(), "12m")? else {
        eprintln!("SKIPPED: a full disk: this account may not mount a file system");
        return Ok(());
    };
    let window = Launch::new()?.open_in(home).await?;
    screens::live_in_the_sample(&window).await?;
    // No screen that shows the journey: it would load again after every one of the many ticks that follow.
    window.load("/settings/general").await?;

    // The first time, the library gives up the room that it keeps for this moment; the second time there
    // is none. What is already allocated takes some ticks before that.
    let mut filler = disk.fill()?;
    for _ in 0..2 {
        let refused = tick_until_refused(&window).await?;
        anyhow::ensure!(refused.contains("disk is full"), "the reason is named: {refused}");
        filler = disk.fill()?;
    }
    let journey = first_journey(&window).await?.id;
    window.load(&format!("/checklist/{journey}")).await?;
    let done = done(&window).await?;
    window.click_css(OPEN_BOX).await?;
    window.sees("disk is full").await?;
    anyhow::ensure!(self::done(&window).await? == done, "what was not saved is not shown as saved");

    fs::remove_file(filler)?;
    window.click_css(OPEN_BOX).await?;
    let saved = async || Ok(self::done(&window).await? > done);
    window.until("there is room again, and the tick is saved", saved).await?;
    let shown = self::done(&window).await?;
    let window = window.restart().await?;
    anyhow::ensure!(self::done(&window).await? == shown, "what was shown as saved is there after a restart");
    let home = window.close().await?;
    drop(disk);
    drop(home);
    Ok(())
}

#[tokio::test]
async fn on_a_read_only_disk_everything_can_still_be_read() -> anyhow::Result<()> {
    let home = Home::fresh()?;
    let Some(disk) = Disk::over(&home.library(), "24m")? else {
        eprintln!("SKIPPED: a read-only disk: this account may not mount a file system");
        return Ok(());
    };
    let window = Launch::new()?.open_in(home).await?;
    screens::live_in_the_sample(&window).await?;
    let home = window.close().await?;
    disk.set_read_only(true)?;

    let window = Launch::new()?.open_in(home).await?;
    window.load("/today").await?;
    window.sees("Set up the VPN").await?;
    window.sees("a place that cannot be written").await?;
    window.load("/docs").await?;
    window.sees("Find your way").await?;
    let home = window.close().await?;
    drop(disk);
    drop(home);
    Ok(())
}

#[tokio::test]
async fn a_second_start_ends_at_once_and_leaves_the_first_alone() -> anyhow::Result<()> {
    let launch = Launch::new()?;
    let window = launch.open().await?;
    let mut again = tokio::process::Command::new(&launch.app)
        .args(["--e2e", "--data-dir"])
        .arg(window.home().library())
        .env("HOME", window.home().path())
        .stdin(Stdio::null())
        .spawn()
        .context("could not start the app again")?;
    let ended = tokio::time::timeout(Duration::from_secs(10), again.wait()).await;
    let status = ended.context("the second start did not end")??;
    anyhow::ensure!(status.success(), "the second start ended with {status}");
    window.sees("Look around with a sample").await?;
    window.close().await.map(drop)
}

const OPEN_BOX: &str = "[data-step] input[type=checkbox]:enabled:not(:checked)";

/// How many boxes the device has on disk as ticked.
async fn done(window: &Window) -> anyhow::Result<usize> {
    let view = first_journey(window).await?;
    Ok(leaves(&view).into_iter().filter(|step| step.status.is_done()).count())
}

/// Ticks a step and takes the tick back until the library takes no more; what it says then.
async fn tick_until_refused(window: &Window) -> anyhow::Result<String> {
    let view = first_journey(window).await?;
    let journey = view.id;
    let step = leaves(&view).into_iter().find(|step| step.status == StepStatus::Open);
    let step = step.context("a step without parts is open")?.id.clone();
    for _ in 0..2000 {
        if let Err(error) = window.call(CompleteStep { journey, step: step.clone() }).await {
            return Ok(format!("{error:#}"));
        }
        if let Err(error) = window.call(ReopenStep { journey, step: step.clone() }).await {
            return Ok(format!("{error:#}"));
        }
    }
    anyhow::bail!("a full disk took 4000 gestures")
}
