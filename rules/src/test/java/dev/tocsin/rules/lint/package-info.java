/// Tests of the linter.
@NullMarked
package dev.tocsin.rules.lint;

import org.jspecify.annotations.NullMarked;
