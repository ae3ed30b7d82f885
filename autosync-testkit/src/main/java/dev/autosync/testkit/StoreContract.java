package dev.autosync.testkit;

import dev.autosync.ErrorCode;
import dev.autosync.spi.EventQuery;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoreMaintenance;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;

/**
 * What every {@link Store} must do.
 *
 * <p>Extended by authors of plugins: a subclass says how to open its store, and is run by JUnit Jupiter, which shows each rule under its number. What
 * a store does not do a subclass declares; that it is so is then checked too, where that can be seen. The rules:
 *
 * <p><b>1. Appends.</b>
 * <ul>
 *   <li>1.1 A new store is empty.
 *   <li>1.2 Events are numbered 1, 2, 3, ... without a gap, in the order in which they were given.
 *   <li>1.3 An append of nothing appends nothing.
 *   <li>1.4 The events of an append stay together whoever else appends, and are read all or none.
 *   <li>1.5 They are there when the store is opened again.
 *   <li>1.6 Two objects on one folder see each other's events and tokens at once.
 *   <li>1.7 All methods work on an interrupted thread, which stays interrupted.
 *   <li>1.8 A closed store can be closed again; every other call is a {@link dev.autosync.spi.StoreException}.
 *   <li>1.9 A store keeps no hold on the lists that it is given and gives.
 * </ul>
 *
 * <p><b>2. Tokens.</b>
 * <ul>
 *   <li>2.1 The highest token is remembered, and each event's own.
 *   <li>2.2 An append with a token lower than any seen before is {@link ErrorCode#STORE_STALE_TOKEN} and appends nothing.
 *   <li>2.3 A grant is higher than every token appended with, and not below the one asked for.
 *   <li>2.4 A grant is higher than every one before.
 *   <li>2.5 The last token is the one granted last, if nothing higher was appended with.
 *   <li>2.6 A grant appends nothing.
 *   <li>2.7 After a grant every lower token is stale.
 *   <li>2.8 Grants are remembered when the store is opened again.
 *   <li>2.9 Two objects on one folder see each other's grants at once.
 *   <li>2.10 No token is granted twice, whichever threads ask.
 *   <li>2.11 Once a grant was given nothing is appended under an older token, not even by an append that had begun before.
 * </ul>
 *
 * <p><b>3. Reads.</b>
 * <ul>
 *   <li>3.1 A read gives exactly what {@link EventQuery#matches} says, in order, and of more than the limit the earliest.
 *   <li>3.2 Or the latest, if the query asks for them.
 *   <li>3.3 Also of an empty store.
 *   <li>3.4 A read goes on where an earlier one ended.
 *   <li>3.5 Names that only look alike are different.
 * </ul>
 *
 * <p><b>4. Values.</b>
 * <ul>
 *   <li>4.1 Text comes back as it was given, in any script.
 *   <li>4.2 So do events that are hard to keep, and are found by their own values.
 *   <li>4.3 So do large payloads.
 *   <li>4.4 Numbers come back to the bit, times to the millisecond at least.
 * </ul>
 *
 * <p><b>5. Rollups</b>, against a reckoning of the contract's own.
 * <ul>
 *   <li>5.1 They are right for each combination of conditions, also before 1970.
 *   <li>5.2 There is none where there are no events.
 *   <li>5.3 Each event counts once when the clock goes back, and when the store is opened again.
 *   <li>5.4 Sums of fractions are right, and infinite ones infinite.
 *   <li>5.5 Kinds and numbers may have any name.
 *   <li>5.6 An append counts whole or not at all, whoever else appends.
 *   <li>5.7 Two objects on one folder see each other's rollups at once.
 * </ul>
 *
 * <p><b>6. Maintenance.</b>
 * <ul>
 *   <li>6.1 It is offered if the store says so.
 *   <li>6.2 A whole store is found sound, and its events are counted.
 *   <li>6.3 What a retention drops is removed, no more and no less; the rest keeps its numbers, and rollups without subject stay as they were.
 *   <li>6.4 So it is for every object on the folder and when the store is opened again; late events of that time still count.
 *   <li>6.5 The last event is never removed.
 *   <li>6.6 Nothing is removed under a stale token.
 *   <li>6.7 All rollups by the hour are given, also of what was removed.
 *   <li>6.8 A backup that is made while others append is a store of one moment.
 *   <li>6.9 No backup is written where there is something.
 *   <li>6.10 A history from which events were removed is taken over, by an empty store only.
 *   <li>6.11 One that is not in order is refused, and the store stays empty.
 *   <li>6.12 An interrupt ends each of these, and leaves all as it was.
 *   <li>6.13 Once the store is closed each of these is a {@link dev.autosync.spi.StoreException}.
 *   <li>6.14 What is appended while events are removed is kept.
 * </ul>
 *
 * <p><b>7. Killed processes.</b>
 * <ul>
 *   <li>7.1 All that a process acknowledged before it was killed is there, and what it was at whole or not at all.
 *   <li>7.2 If it was compacting, the store has all that it was to keep, and perhaps some of the rest.
 * </ul>
 *
 * <p><b>8. Damage.</b>
 * <ul>
 *   <li>8.1 If a file was cut, the store gives a beginning of what was written or an error, never anything else.
 *   <li>8.2 So it does if a byte was changed. If its check then finds it sound, its rollups are right.
 * </ul>
 *
 * <p>That an append survives a power cut cannot be tested here. Cost: some seconds; chapters 7 and 8 start processes and copy the store some hundred
 * times.
 *
 * @since 0.1.0
 */
@DisplayNameGeneration(StoreRuleNames.class)
public abstract class StoreContract extends StoreDamageRules {

    /** For subclasses. */
    protected StoreContract() {}

    /**
     * Opens the store that is to be tested. The rules about killed processes call it in another process, on an object that was made without
     * arguments.
     *
     * @param directory the folder that is the store's own; it may not exist yet. The same one is given again to open the store again
     * @return an open store; the contract closes it
     */
    @Override
    protected abstract Store open(Path directory);

    /**
     * Whether what was appended is there when the store is opened again. True unless overridden. A store that says false must begin
     * empty every time.
     *
     * @return true if it is
     */
    @Override
    protected boolean persistent() {
        return true;
    }

    /**
     * Whether the store remembers what it has granted. True unless overridden; a store that keeps {@link Store#grant} as it stands says
     * false.
     *
     * @return true if it does
     */
    @Override
    protected boolean remembersGrants() {
        return true;
    }

    /**
     * Whether the store offers {@link StoreMaintenance}. True unless overridden; a store that keeps {@link Store#maintenance} as it stands says false.
     *
     * @return true if it does
     */
    @Override
    protected boolean maintained() {
        return true;
    }

    /**
     * Whether what was acknowledged survives that the process is killed. True unless overridden. A store that says false, or that is not persistent, is
     * not held to chapter 7.
     *
     * @return true if it does
     */
    @Override
    protected boolean survivesKills() {
        return true;
    }

    /**
     * Whether the store finds damage of its files. True unless overridden. A store that says false, or that is not persistent, is not held to
     * chapter 8.
     *
     * @return true if it does
     */
    @Override
    protected boolean findsDamage() {
        return true;
    }
}
