/// Tests of scripts and of those who run them.
@NullMarked
package dev.tocsin.promql.script;

import org.jspecify.annotations.NullMarked;
