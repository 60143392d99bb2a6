//! `dates.updated: git` asks Git, and nothing that somebody committed makes it start another program.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::PermissionsExt;

use crate::site::{NOW, Site};

const CONFIG: &str = "site: {title: Site, url: https://example.gov}\n\
                      content: {folders: [content]}\ndates: {updated: git}\n";

/// Every key of a configuration by which Git can be made to start a program, with the value to give
/// it, in which `TRAP` is a program that leaves a file behind.
const KEYS: [(&str, &str); 34] = [
    ("core.sshCommand", "TRAP"),
    ("core.fsmonitor", "TRAP"),
    ("core.pager", "TRAP"),
    ("core.editor", "TRAP"),
    ("core.askPass", "TRAP"),
    ("core.hooksPath", "HOOKS"),
    ("core.gitProxy", "TRAP"),
    ("core.alternateRefsCommand", "TRAP"),
    ("pager.log", "TRAP"),
    ("alias.log", "!TRAP"),
    ("gpg.program", "TRAP"),
    ("gpg.ssh.program", "TRAP"),
    ("gpg.x509.program", "TRAP"),
    ("gpg.ssh.defaultKeyCommand", "TRAP"),
    ("diff.external", "TRAP"),
    ("diff.trap.command", "TRAP"),
    ("diff.trap.textconv", "TRAP"),
    ("filter.trap.clean", "TRAP"),
    ("filter.trap.smudge", "TRAP"),
    ("filter.trap.process", "TRAP"),
    ("merge.trap.driver", "TRAP"),
    ("credential.helper", "!TRAP"),
    ("remote.origin.uploadpack", "TRAP"),
    ("remote.origin.receivepack", "TRAP"),
    ("remote.origin.proxy", "TRAP"),
    ("remote.origin.vcs", "trap"),
    ("uploadpack.packObjectsHook", "TRAP"),
    ("sequence.editor", "TRAP"),
    ("interactive.diffFilter", "TRAP"),
    ("trailer.trap.cmd", "TRAP"),
    ("trailer.trap.command", "TRAP"),
    ("trace2.eventTarget", "af_unix:TRAP"),
    ("include.path", "INCLUDED"),
    ("maintenance.autoDetach", "false"),
];

/// A site in a repository whose blob of a post is missing, so that whoever reads the post's history
/// with its texts has to fetch it, and a program that tells when it is started.
fn trapped() -> Site {
    let site = Site::empty()
        .file("feedwright.yaml", CONFIG)
        .post("content/a.md", "title: A\ndate: 2024-01-01")
        .file(".gitattributes", "* diff=trap filter=trap merge=trap\n");
    site.git(&["init", "-q"], NOW);
    site.git(&["add", "."], NOW);
    site.git(&["commit", "-q", "-m", "all"], "2024-02-01T00:00:00Z");
    let trap = format!(
        "#!/bin/sh\necho started >>'{}'\n",
        site.path("sprung").display()
    );
    let site = site
        .file(".git/trap", &trap)
        .file(".git/hooks/post-checkout", &trap);
    for program in ["trap", "hooks/post-checkout"] {
        let path = site.path(&format!(".git/{program}"));
        fs::set_permissions(path, fs::Permissions::from_mode(0o755)).expect("a program");
    }
    site
}

/// Sets keys in the configuration of a repository, and that of a clone that lacks objects.
fn set(site: &Site, git: &str, keys: &[(&str, &str)]) {
    let trap = site.path(".git/trap").display().to_string();
    let config = site.path(&format!("{git}/config"));
    let config = config.display().to_string();
    let included = format!("{git}/included");
    let text = format!("[core]\n\tsshCommand = {trap}\n[log]\n\tshowSignature = true\n");
    fs::write(site.path(&included), text).expect("a file");
    let always = [
        ("core.repositoryFormatVersion", "1"),
        ("extensions.partialClone", "origin"),
        ("remote.origin.promisor", "true"),
        ("remote.origin.url", "ssh://example.gov/x.git"),
        ("log.showSignature", "true"),
    ];
    for (key, value) in always.iter().chain(keys) {
        let value = value
            .replace("TRAP", &trap)
            .replace("HOOKS", &site.path(".git/hooks").display().to_string())
            .replace("INCLUDED", &site.path(&included).display().to_string());
        site.git(&["config", "-f", &config, key, &value], NOW);
    }
}

/// Removes an object that a commit names, as a partial clone does not have it.
fn lose(site: &Site, git: &str, object: &str) {
    let id = site.git(&["rev-parse", object], NOW);
    let (folder, name) = id.trim().split_at(2);
    site.remove(&format!("{git}/objects/{folder}/{name}"));
}

#[test]
fn no_key_of_a_configuration_starts_a_program() {
    for (key, value) in KEYS {
        let site = trapped();
        set(&site, ".git", &[(key, value)]);
        lose(&site, ".git", "HEAD:content/a.md");
        let run = site.build();
        run.assert_ok();
        assert!(!site.path("sprung").exists(), "{key} starts a program");
        let atom = site.read("feeds/atom.xml");
        assert!(
            atom.contains("<updated>2024-02-01T00:00:00+00:00</updated>"),
            "{key}: {atom}"
        );
    }
}

/// What is missing is not fetched, also where the history cannot be told without it.
#[test]
fn nothing_is_fetched() {
    let site = trapped();
    set(&site, ".git", &[("core.sshCommand", "TRAP")]);
    lose(&site, ".git", "HEAD:content");
    // The trap works: Git itself springs it.
    let _ = std::process::Command::new("git")
        .args(["log", "--name-only", "--", "content"])
        .current_dir(site.root())
        .output()
        .expect("Git");
    assert!(site.path("sprung").exists(), "the trap does not work");
    site.remove("sprung");
    for command in ["build", "plan", "check", "list"] {
        let run = site.run(&[command, "--now", NOW]);
        run.assert_code(2);
        assert!(
            run.stderr.contains("`dates.updated: git` cannot ask Git"),
            "{}",
            run.stderr
        );
        assert!(!site.path("sprung").exists(), "{command} starts a program");
    }
}

/// A folder of ordinary files can be a bare repository, which anybody can commit.
#[test]
fn a_bare_repository_among_the_files_is_none() {
    let site = trapped();
    let site = site
        .file("docs/feedwright.yaml", CONFIG)
        .post("docs/content/b.md", "title: B\ndate: 2024-01-01");
    site.git(&["add", "docs"], NOW);
    site.git(&["commit", "-q", "-m", "docs"], "2024-03-01T00:00:00Z");
    let bare = site.path("docs").display().to_string();
    site.git(&["init", "-q", "--bare", &bare], NOW);
    set(&site, "docs", &[("core.sshCommand", "TRAP")]);
    let run = site.run(&["build", "docs", "--now", NOW]);
    run.assert_ok();
    assert!(!site.path("sprung").exists());
    assert!(
        site.read("docs/feeds/atom.xml")
            .contains("<updated>2024-03-01T00:00:00+00:00</updated>"),
        "the repository above is asked"
    );
}

/// A program called `git` that lies in the repository is not started, whatever `PATH` says.
#[test]
fn no_git_of_the_repository_is_started() {
    let site = trapped();
    let trap = site.read(".git/trap");
    let site = site.file("bin/git", &trap);
    fs::set_permissions(site.path("bin/git"), fs::Permissions::from_mode(0o755))
        .expect("a program");
    let path = std::env::var("PATH").expect("a path");
    let path = format!("bin:{}:{path}", site.path("bin").display());
    let output = site
        .command(&["build", "--now", NOW])
        .env("PATH", path)
        .output()
        .expect("the program");
    assert!(output.status.success(), "{output:?}");
    assert!(!site.path("sprung").exists());
}

/// Linked work trees, packed refs, detached heads and SHA-256 are repositories like any other.
#[test]
fn every_form_of_repository_is_read() {
    let dated = "<updated>2024-02-01T00:00:00+00:00</updated>";
    let site = trapped();
    site.git(&["pack-refs", "--all"], NOW);
    site.build().assert_ok();
    assert!(site.read("feeds/atom.xml").contains(dated), "packed refs");
    site.git(&["checkout", "-q", "--detach"], NOW);
    site.run(&["build", "--now", NOW, "--no-cache"]).assert_ok();
    site.git(&["worktree", "add", "-q", "linked"], NOW);
    site.run(&["build", "linked", "--now", NOW]).assert_ok();
    assert!(
        site.read("linked/feeds/atom.xml").contains(dated),
        "a linked work tree"
    );
    let site = Site::empty()
        .file("feedwright.yaml", CONFIG)
        .post("content/a.md", "title: A\ndate: 2024-01-01");
    site.git(&["init", "-q", "--object-format=sha256"], NOW);
    site.build().assert_code(2);
    site.git(&["add", "."], NOW);
    site.git(&["commit", "-q", "-m", "all"], "2024-02-01T00:00:00Z");
    site.build().assert_ok();
    assert!(site.read("feeds/atom.xml").contains(dated), "SHA-256");
}
