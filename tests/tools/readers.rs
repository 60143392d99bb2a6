//! Says what readers of a feed take for new after it changed:
//! `cargo run --release --example readers -- OLD NEW`.

use std::process::ExitCode;

mod news;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [old, new] = arguments.as_slice() else {
        eprintln!("usage: readers OLD NEW");
        return ExitCode::from(2);
    };
    let read = |path: &str| std::fs::read(path).map_err(|error| format!("{path}: {error}"));
    let news = read(old).and_then(|old| news::news(&old, &read(new)?));
    match news {
        Ok(news) => {
            for (how, titles) in [
                ("id", &news.by_id),
                ("link", &news.by_link),
                ("title and date", &news.by_title_and_date),
            ] {
                println!("{} new by {how}", titles.len());
                for title in titles {
                    println!("  {title}");
                }
            }
            ExitCode::SUCCESS
        }
        Err(message) => {
            eprintln!("{message}");
            ExitCode::from(2)
        }
    }
}
