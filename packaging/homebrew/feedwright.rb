# A template: formula.sh fills in what stands between @.
class Feedwright < Formula
  desc "Turns posts of any static site into RSS, Atom and JSON feeds"
  homepage "@REPOSITORY@"
  version "@VERSION@"
  license any_of: ["MIT", "Apache-2.0"]

  on_macos do
    on_arm do
      url "@REPOSITORY@/releases/download/v@VERSION@/feedwright-@VERSION@-aarch64-apple-darwin.tar.gz"
      sha256 "@SHA256:aarch64-apple-darwin@"
    end
    on_intel do
      url "@REPOSITORY@/releases/download/v@VERSION@/feedwright-@VERSION@-x86_64-apple-darwin.tar.gz"
      sha256 "@SHA256:x86_64-apple-darwin@"
    end
  end

  on_linux do
    on_arm do
      url "@REPOSITORY@/releases/download/v@VERSION@/feedwright-@VERSION@-aarch64-unknown-linux-musl.tar.gz"
      sha256 "@SHA256:aarch64-unknown-linux-musl@"
    end
    on_intel do
      url "@REPOSITORY@/releases/download/v@VERSION@/feedwright-@VERSION@-x86_64-unknown-linux-musl.tar.gz"
      sha256 "@SHA256:x86_64-unknown-linux-musl@"
    end
  end

  def install
    bin.install "feedwright"
    man1.install "man/feedwright.1"
    bash_completion.install "completions/feedwright.bash" => "feedwright"
    zsh_completion.install "completions/_feedwright"
    fish_completion.install "completions/feedwright.fish"
  end

  test do
    (testpath/"_config.yml").write "title: Site\nurl: https://www.example.gov\n"
    (testpath/"_posts/2024-01-02-first.md").write "---\ntitle: The first\n---\nHello.\n"
    system bin/"feedwright", "build", "--quiet"
    system bin/"feedwright", "check", "--strict", "feeds"
  end
end
