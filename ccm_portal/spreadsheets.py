"""Every kind of record that goes out to a spreadsheet and comes in from one, of all apps."""

import actions.exchange
import reports.exchange
from states import exchange

RESOURCES = {**exchange.RESOURCES, **reports.exchange.RESOURCES, **actions.exchange.RESOURCES}
