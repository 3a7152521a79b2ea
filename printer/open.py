"""Opens the way to a real printer that a hall file names."""

from pathlib import Path

from config.hall import Printer
from printer.network import TcpTransport, tcp_address
from printer.open_file import FileTransport
from printer.serial_port import SerialTransport
from printer.transport import Refused, Transport
from printer.usb_port import UsbTransport


def opened(printer: Printer) -> Transport:
    """Return the open way to a printer; Refused where there is none, as to one that is virtual."""
    match printer.transport:
        case "tcp":
            return TcpTransport(*tcp_address(printer.address))
        case "file":
            return FileTransport(Path(printer.address))
        case "serial":
            return SerialTransport(printer.address, printer.baud, printer.flow)
        case "usb":
            return UsbTransport(printer.address)
        case "virtual":
            raise Refused(address=printer.id, why=printer.transport)
