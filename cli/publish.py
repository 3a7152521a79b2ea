"""`antrean region publish` and `published`: files that are kept ready for a hall, and what it says of them."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

Hall = Annotated[str, typer.Argument(help="The hall's id, for example mpp-muara-enim.")]
Data = Annotated[Path, typer.Argument(help="The region's data folder.")]


def add_to(app: typer.Typer) -> None:
    """Add both commands to those of the region."""
    app.command(
        name="publish",
        epilog="Example: antrean region publish mpp-muara-enim /var/lib/antrean-region hall.toml iklan.mp4",
    )(publish)
    app.command(name="published", epilog="Example: antrean region published mpp-muara-enim /var/lib/antrean-region")(
        published
    )


def publish(
    hall: Hall,
    data: Data,
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            help="All the hall is to have: hall.toml, holidays.toml, pictures and videos; none takes back media."
        ),
    ] = None,
) -> None:
    """Keep files ready for a hall, signed, in place of those before; the server may run meanwhile."""
    from config.load import load
    from config.private import make_private_folder
    from region.app import KEY_FILE, wall_ms
    from region.published import Published
    from sync.manifest import HALL_FILE
    from sync.signature import made_key_at

    for path in files or ():
        if path.name == HALL_FILE and load(path).hall.id != hall:
            raise typer.BadParameter(f"{path} is the hall file of {load(path).hall.id}, not of {hall}")
    make_private_folder(data)
    manifest = Published(data).publish(hall, files or (), made_key_at(data / KEY_FILE), wall_ms())
    print(f"published {manifest.hall} version {manifest.version}, {len(manifest.files)} files")


def published(
    hall: Hall, data: Data, as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False
) -> None:
    """Tell which files are ready for a hall, and what it said of them."""
    from region.published import Published

    manifest, verdict = Published(data).manifest(hall), Published(data).verdict(hall)
    if as_json:
        told = {"manifest": manifest and asdict(manifest), "verdict": verdict and asdict(verdict)}
        print(json.dumps(told))
        return
    if manifest is None:
        print(f"{hall}: nothing published")
        return
    print(f"{hall} version {manifest.version}")
    for file in manifest.files:
        print(f"  {file.name}  {file.size} bytes  {file.sha256[:16]}")
    if verdict is None:
        print("the hall has not answered yet")
        return
    about = "this version" if verdict.version == manifest.version else f"version {verdict.version}"
    print(f"the hall refused {about}:" if verdict.mistakes else f"the hall has applied {about}")
    for mistake in verdict.mistakes:
        print(f"  {mistake}")
