//! Address and token of a server.

use waymark_api::ipc::sources::Secret;
use waymark_sync::backstage::{Address, Client, FetchError, Token};

use crate::{App, AppError, ports::Kept, secrets::with_secrets};

/// A client for the server at `typed`, with the given token or the one that was kept.
pub(super) async fn connect(
    app: &App,
    typed: &str,
    given: Option<&Secret>,
) -> Result<(Client, Option<Token>), AppError> {
    let address = Address::parse(typed).map_err(FetchError::from)?;
    let token = match given {
        Some(Secret(text)) => Some(Token::new(text).ok_or_else(|| AppError::Input {
            why: "this is no token: it is one word without blanks and line breaks".to_owned(),
        })?),
        None => {
            let name = address.to_string();
            with_secrets(app, move |secrets| secrets.get(&name)).await.flatten().and_then(|text| Token::new(&text))
        }
    };
    let client = Client::new(address, token.clone(), app.fetch_limits())?;
    Ok((client, token))
}

/// A server that refuses somebody without a token wants one.
pub(super) fn saying<T, E: Into<AppError>>(
    has_token: bool,
    client: &Client,
    result: Result<T, E>,
) -> Result<T, AppError> {
    result.map_err(|error| match error.into() {
        AppError::Fetch(FetchError::Refused { .. }) if !has_token => {
            AppError::NoToken { host: client.address().host() }
        }
        error => error,
    })
}

/// Keeps a token under the address that it belongs to.
pub(super) async fn keep_token(app: &App, address: &Address, token: &Token) -> Kept {
    let (name, secret) = (address.to_string(), token.secret().to_owned());
    with_secrets(app, move |secrets| secrets.set(&name, &secret)).await.unwrap_or(Kept::ForThisSession)
}

/// Forgets the token of an address.
pub(super) async fn forget_token(app: &App, address: String) {
    with_secrets(app, move |secrets| secrets.remove(&address)).await;
}
