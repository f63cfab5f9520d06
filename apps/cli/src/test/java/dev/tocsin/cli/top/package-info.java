@NullMarked
package dev.tocsin.cli.top;

import org.jspecify.annotations.NullMarked;
