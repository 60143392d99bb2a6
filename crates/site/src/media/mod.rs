//! What files of a site are, by their own first bytes: how long a sound plays, how large a picture is.
//!
//! Nothing is decoded. Each kind of file says in a few bytes of its head, or of its end, what is asked
//! here, and those alone are read; so a file of gigabytes costs no more than one of kilobytes, but for
//! MP3 of changing bit rate without an index, which is counted frame by frame up to a bound.

mod part;
pub mod picture;
pub mod sound;

pub use self::picture::{Picture, picture};
pub use self::sound::{Sound, sound};
