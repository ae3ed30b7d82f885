/** The same program as a module. */
module org.example.consumer {
    requires dev.autosync;
}
