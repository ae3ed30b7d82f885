/** The example of {@code docs/improvements.md}. */
@NullMarked
package org.example.rules;

import org.jspecify.annotations.NullMarked;
