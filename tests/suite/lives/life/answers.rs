//! What a webmaster answers who knows the truth.

use super::{Life, SITE};
use crate::lives::program::{Held, Said};

impl Life {
    /// Settles everything that is held.
    pub(super) fn answer(&mut self, said: &Said) -> Result<(), String> {
        if said.is_alarm {
            self.run(&["--accept-resend"])?;
            return Ok(());
        }
        let numbers = self.world.numbers();
        let (mut accepted, mut has_guid) = (Vec::new(), false);
        for held in &said.held {
            let number = numbers.get(&held.path).copied();
            let number = number.ok_or_else(|| format!("there is no {}", held.path))?;
            match self.guid(number, held) {
                Some(guid) => {
                    has_guid = true;
                    if let Some(post) = self.world.posts.get_mut(&number) {
                        post.guid = Some(guid);
                    }
                }
                None => accepted.push(held.path.clone()),
            }
        }
        self.write()?;
        if self.world.is_forgetful {
            if !has_guid {
                self.run(&["--accept-resend"])?;
            }
        } else if !accepted.is_empty() {
            self.program.accept(self.world.now, &accepted)?;
            // It does not say what it holds.
            self.read(None)?;
        }
        Ok(())
    }

    /// The id that a held post has in truth; none if it is a new one, or is to go out as it is.
    fn guid(&mut self, number: usize, held: &Held) -> Option<String> {
        let (id, path) = held.was.as_ref()?;
        let reader = self.by_id.get(SITE[0])?;
        let dialect = self.world.dialect;
        let mut shown = self.shown.values().filter_map(|entries| entries.get(id));
        let is_it = reader.known(id) == Some(number)
            || shown.any(|(_, of)| *of == number)
            || (reader.known(id).is_none()
                && self.world.posts.get(&number).is_some_and(|post| {
                    let shown = post.shown.as_ref();
                    shown.is_some_and(|shown| shown.path(dialect) == *path)
                }));
        let known = reader.keys(number).last().cloned();
        // Some other feed has it as another one; the readers of these know better.
        let given = self.world.posts.get(&number);
        let given = given.and_then(|post| post.guid.clone());
        if !is_it && given.is_some() && given == known {
            return None;
        }
        let (guid, what) = match known {
            _ if is_it => (Some(id.clone()), "doubtful: the same"),
            // The program names another post than the one that it was.
            Some(known) => (Some(known), "doubtful: the same, but as another one"),
            None => (None, "doubtful: new"),
        };
        self.count(what, 1);
        guid
    }
}
