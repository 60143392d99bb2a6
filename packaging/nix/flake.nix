# nix run '.?dir=packaging/nix' -- build
{
  description = "Turns the posts of any static site into RSS 2.0, Atom 1.0 and JSON Feed 1.1";

  inputs.nixpkgs.url = "nixpkgs/nixos-unstable";

  outputs =
    { self, nixpkgs }:
    let
      root = ../..;
      # The version stands in Cargo.toml alone.
      cargo = builtins.fromTOML (builtins.readFile (root + "/Cargo.toml"));
      systems = [
        "aarch64-darwin"
        "aarch64-linux"
        "x86_64-darwin"
        "x86_64-linux"
      ];
      each = make: nixpkgs.lib.genAttrs systems (system: make nixpkgs.legacyPackages.${system});
    in
    {
      packages = each (pkgs: {
        default = pkgs.rustPlatform.buildRustPackage {
          pname = "feedwright";
          version = cargo.workspace.package.version;
          src = pkgs.lib.cleanSource root;
          cargoLock.lockFile = root + "/Cargo.lock";
          cargoBuildFlags = [ "--package=feedwright" ];
          # The tests of the repository take Git and minutes; what is built is tried below.
          doCheck = false;
          nativeBuildInputs = [ pkgs.installShellFiles ];
          postInstall = ''
            $out/bin/feedwright man > feedwright.1
            installManPage feedwright.1
            installShellCompletion --cmd feedwright \
              --bash <($out/bin/feedwright completions bash) \
              --zsh <($out/bin/feedwright completions zsh) \
              --fish <($out/bin/feedwright completions fish)
          '';
          doInstallCheck = true;
          installCheckPhase = ''
            $out/bin/feedwright check --strict feeds
          '';
          meta = {
            inherit (cargo.package) description;
            license = with pkgs.lib.licenses; [
              mit
              asl20
            ];
            mainProgram = "feedwright";
          };
        };
      });
    };
}
