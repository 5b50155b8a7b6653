//! A proxy between devices and their servers that breaks things: it drops requests before a server has them, and
//! answers after the server has committed. Each connection goes to one of the servers that take it.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
};

use crate::dice::Dice;

/// Of a hundred pieces that pass, so many requests are dropped, and so many answers.
const DROPPED: (u64, u64) = (4, 10);

/// A proxy that listens until the test ends.
pub(crate) struct Proxy {
    /// `http://127.0.0.1:…`.
    pub(crate) url: String,
    answers: Arc<AtomicU64>,
    requests: Arc<AtomicU64>,
}

impl Proxy {
    /// A proxy in front of the servers at `to`, each `127.0.0.1:…`.
    pub(crate) async fn start(to: Vec<String>, seed: u64) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (answers, requests) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicU64::new(0)));
        let counts = (Arc::clone(&answers), Arc::clone(&requests));
        tokio::spawn(async move {
            let mut number = 0;
            while let Ok((client, _)) = listener.accept().await {
                number += 1;
                let (to, counts) = (to.clone(), (Arc::clone(&counts.0), Arc::clone(&counts.1)));
                tokio::spawn(pass(client, to, Dice::new(seed ^ number), counts));
            }
        });
        Self { url, answers, requests }
    }

    /// How many answers it cut, and how many requests.
    pub(crate) fn cuts(&self) -> (u64, u64) {
        (self.answers.load(Ordering::Relaxed), self.requests.load(Ordering::Relaxed))
    }
}

/// Passes both ways until one side ends or the dice say so; then both connections close.
async fn pass(
    mut client: TcpStream,
    to: Vec<String>,
    mut dice: Dice,
    (answers, requests): (Arc<AtomicU64>, Arc<AtomicU64>),
) {
    let first = dice.below(to.len() as u64) as usize;
    let mut reached = None;
    for place in 0..to.len() {
        reached = TcpStream::connect(&to[(first + place) % to.len()]).await.ok();
        if reached.is_some() {
            break;
        }
    }
    let Some(mut server) = reached else { return };
    let (mut asked, mut answered) = (vec![0; 64 * 1024], vec![0; 64 * 1024]);
    loop {
        tokio::select! {
            read = client.read(&mut asked) => match read {
                Ok(bytes @ 1..) => {
                    if dice.below(100) < DROPPED.0 {
                        requests.fetch_add(1, Ordering::Relaxed);
                        return;
                    }
                    if server.write_all(&asked[..bytes]).await.is_err() {
                        return;
                    }
                }
                _ => return,
            },
            read = server.read(&mut answered) => match read {
                // The server answers after its commit, so what is cut here was done.
                Ok(bytes @ 1..) => {
                    if dice.below(100) < DROPPED.1 {
                        answers.fetch_add(1, Ordering::Relaxed);
                        return;
                    }
                    if client.write_all(&answered[..bytes]).await.is_err() {
                        return;
                    }
                }
                _ => return,
            },
        }
    }
}
