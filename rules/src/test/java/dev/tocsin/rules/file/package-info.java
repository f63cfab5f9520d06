/// Tests of the reading of rule files.
@NullMarked
package dev.tocsin.rules.file;

import org.jspecify.annotations.NullMarked;
