//! What the window showed as saved is on the disk, whatever ends the app.

use waymark_api::ipc::journey::{CompleteStep, ReopenStep};
use waymark_tests::{Launch, first_journey, leaves, screens};

/// The store's own test kills a hundred times; here the whole app is killed a few times, right after
/// it said that a step is saved.
#[tokio::test]
async fn killed_right_after_saved_the_step_is_there() -> anyhow::Result<()> {
    let mut window = Launch::new()?.open().await?;
    screens::live_in_the_sample(&window).await?;
    for round in 0..4 {
        let view = first_journey(&window).await?;
        let step = leaves(&view)
            .into_iter()
            .find(|step| {
                step.status.is_open() && !matches!(step.status, waymark_api::ipc::journey::StepStatus::Locked { .. })
            })
            .expect("an open step")
            .clone();
        window.call(CompleteStep { journey: view.id, step: step.id.clone() }).await?;
        let home = window.kill();
        window = Launch::new()?.open_in(home).await?;
        let after = first_journey(&window).await?;
        let after = leaves(&after).into_iter().find(|other| other.id == step.id);
        anyhow::ensure!(
            after.is_some_and(|step| step.status.is_done()),
            "round {round}: {} was saved and is gone",
            step.title
        );
        if round == 3 {
            window.call(ReopenStep { journey: view.id, step: step.id }).await?;
        }
    }
    window.close().await.map(drop)
}
