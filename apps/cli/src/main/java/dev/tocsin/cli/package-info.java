/// The command line: finds the command, reads its arguments, prints, and gives the exit code.
@NullMarked
package dev.tocsin.cli;

import org.jspecify.annotations.NullMarked;
