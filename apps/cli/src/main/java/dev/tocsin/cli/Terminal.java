package dev.tocsin.cli;

import java.io.PrintStream;

/// Where a command prints: results to `out`, everything about the run itself to `err`.
record Terminal(PrintStream out, PrintStream err) {}
