package dev.autosync.testkit;

import dev.autosync.spi.Connector;
import dev.autosync.spi.ConnectorContext;
import dev.autosync.spi.ConnectorFactory;
import java.nio.file.Path;
import java.util.function.BiFunction;

class ShelfConnectorTest extends ConnectorContract {
    private final Shelf shelf = new Shelf();

    @Override
    protected ConnectorFactory factory() {
        return factory("shelf", shelf, ShelfConnector::new);
    }

    @Override
    protected ConnectorWorld world(Path folder, Path workspace) {
        return shelf;
    }

    static ConnectorFactory factory(String name, Shelf shelf, BiFunction<Shelf, ConnectorContext, Connector> connectors) {
        return new ConnectorFactory() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Connector open(ConnectorContext context) {
                return connectors.apply(shelf, context);
            }
        };
    }
}
