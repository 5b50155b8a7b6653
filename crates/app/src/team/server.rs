//! Asking the team's server something outside of the exchange.

use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use waymark_api::http::problem::ProblemKind;
use waymark_store::Membership;
use waymark_sync::team::client::{CallError, ServerAddress, TeamClient};

use crate::{App, AppError};

/// The team's server, asked in the person's name.
pub(super) struct Server {
    app: App,
    pub(super) client: TeamClient,
    pub(super) membership: Membership,
}

/// A request.
enum Call<'a> {
    Get(&'a [&'a str], &'a [(&'a str, String)]),
    Post(&'a [&'a str], Value),
    Delete(&'a [&'a str]),
}

impl Server {
    /// The server of the team that the person is a member of.
    ///
    /// # Errors
    /// [`AppError::NoTeam`] where there is none or the sign-in ended.
    pub(super) async fn of(app: &App) -> Result<Self, AppError> {
        let membership = app.db().await?.membership().get().await?.ok_or(AppError::NoTeam)?;
        if let Some(why) = &membership.ended {
            return Err(AppError::Input { why: why.clone() });
        }
        let address = ServerAddress::parse(&membership.server).map_err(input)?;
        Ok(Self { app: app.clone(), client: TeamClient::new(address)?, membership })
    }

    /// `GET`.
    ///
    /// # Errors
    /// Where the server cannot be reached or says no.
    pub(super) async fn get<T: DeserializeOwned>(
        &self,
        path: &[&str],
        query: &[(&str, String)],
    ) -> Result<T, AppError> {
        self.decode(self.ask(Call::Get(path, query)).await?)
    }

    /// `POST`.
    ///
    /// # Errors
    /// As for [`Server::get`].
    pub(super) async fn post<T: DeserializeOwned>(&self, path: &[&str], body: &impl Serialize) -> Result<T, AppError> {
        let body = serde_json::to_value(body).map_err(input)?;
        self.decode(self.ask(Call::Post(path, body)).await?)
    }

    /// `DELETE`.
    ///
    /// # Errors
    /// As for [`Server::get`].
    pub(super) async fn delete(&self, path: &[&str]) -> Result<(), AppError> {
        self.ask(Call::Delete(path)).await.map(drop)
    }

    /// A published archive.
    ///
    /// # Errors
    /// As for [`Server::get`].
    pub(super) async fn bundle(&self, digest: &str) -> Result<Vec<u8>, AppError> {
        let token = self.access().await;
        match self.client.bundle(token.as_deref(), digest).await {
            Err(error) if error.kind() == Some(ProblemKind::SignIn) => {
                self.refresh(token.as_deref()).await?;
                Ok(self.client.bundle(self.access().await.as_deref(), digest).await?)
            }
            other => Ok(other?),
        }
    }

    async fn ask(&self, call: Call<'_>) -> Result<Value, AppError> {
        let token = self.access().await;
        match self.once(token.as_deref(), &call).await {
            Err(error) if error.kind() == Some(ProblemKind::SignIn) => {
                self.refresh(token.as_deref()).await?;
                Ok(self.once(self.access().await.as_deref(), &call).await?)
            }
            other => Ok(other?),
        }
    }

    async fn once(&self, token: Option<&str>, call: &Call<'_>) -> Result<Value, CallError> {
        match call {
            Call::Get(path, query) => self.client.get(token, path, query).await,
            Call::Post(path, body) => self.client.post(token, path, body).await,
            Call::Delete(path) => self.client.delete(token, path).await.map(|()| Value::Null),
        }
    }

    async fn access(&self) -> Option<String> {
        self.app.team().tokens.access(&self.app, &self.membership.server).await
    }

    async fn refresh(&self, used: Option<&str>) -> Result<(), CallError> {
        self.app.team().tokens.refresh(&self.app, &self.client, used).await
    }

    fn decode<T: DeserializeOwned>(&self, value: Value) -> Result<T, AppError> {
        serde_json::from_value(value).map_err(|error| {
            let why = format!("its answer cannot be read ({error})");
            CallError::Odd { host: self.client.address().host(), why }.into()
        })
    }
}

/// What cannot be used, in its own words.
pub(super) fn input(error: impl std::fmt::Display) -> AppError {
    AppError::Input { why: error.to_string() }
}
