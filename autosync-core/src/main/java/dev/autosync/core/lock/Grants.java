package dev.autosync.core.lock;

import dev.autosync.lock.FencingToken;

/** Gives out the tokens of grants. */
@FunctionalInterface
public interface Grants {

    /** Where nobody else remembers tokens. */
    Grants OF_THE_WORKSPACE = atLeast -> atLeast;

    /** The token of a new grant, not below another. */
    FencingToken grant(FencingToken atLeast);
}
