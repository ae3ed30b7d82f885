package dev.autosync.history;

import dev.autosync.lock.FencingToken;
import dev.autosync.spi.Event;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoreException;
import dev.autosync.spi.StoredEvent;
import java.util.List;
import java.util.function.LongFunction;

/**
 * Appends pages of one history to another, one append for each fencing token in a page.
 *
 * @param to the store to append to
 * @param missing what is thrown where the page lacks an event, told its number
 * @param disturbed what is thrown where the store ends elsewhere than it should, told where that is
 */
record PageAppend(Store to, LongFunction<StoreException> missing, LongFunction<StoreException> disturbed) {

    /** Appends a page behind an event; the last sequence number that is there now. */
    long append(List<StoredEvent> page, long last) {
        long done = last;
        for (int start = 0; start < page.size();) {
            FencingToken token = page.get(start).token();
            int next = start;
            while (next < page.size() && page.get(next).token().equals(token)) {
                if (page.get(next).sequence() != last + next + 1) {
                    throw missing.apply(last + next + 1);
                }
                next++;
            }
            List<Event> events = page.subList(start, next).stream().map(StoredEvent::event).toList();
            done += events.size();
            if (to.append(token, events) != done) {
                throw disturbed.apply(done);
            }
            start = next;
        }
        return done;
    }
}
