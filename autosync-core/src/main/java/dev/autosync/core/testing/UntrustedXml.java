package dev.autosync.core.testing;

import java.io.IOException;
import java.io.InputStream;
import javax.xml.XMLConstants;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParser;
import javax.xml.parsers.SAXParserFactory;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.DefaultHandler;

/** Walks through XML from outside: a document type is refused, and with it every entity, outer file and address. */
final class UntrustedXml {

    private static final int MOST_DEEP = 1_000;

    private UntrustedXml() {}

    /**
     * Walks through a document.
     *
     * @param namespaces whether names are to be told apart by their namespaces
     * @throws BrokenReportException if it is not well-formed, or the handler threw
     * @throws IOException if it cannot be read
     */
    static void walk(InputStream xml, boolean namespaces, DefaultHandler handler) throws IOException, BrokenReportException {
        try {
            parser(namespaces).parse(new InputSource(xml), handler);
        } catch (SAXParseException e) {
            throw new BrokenReportException("is no well-formed report, line " + e.getLineNumber() + ": " + e.getMessage());
        } catch (SAXException e) {
            throw new BrokenReportException("cannot be read: " + e.getMessage());
        }
    }

    private static SAXParser parser(boolean namespaces) throws SAXException {
        // The JDK's own parser: another one on the class path may not know these features.
        SAXParserFactory factory = SAXParserFactory.newDefaultInstance();
        try {
            factory.setNamespaceAware(namespaces);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setFeature("http://xml.org/sax/features/external-general-entities", false);
            factory.setFeature("http://xml.org/sax/features/external-parameter-entities", false);
            factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
            SAXParser parser = factory.newSAXParser();
            parser.setProperty("http://www.oracle.com/xml/jaxp/properties/maxElementDepth", MOST_DEEP); // what is open is kept
            return parser;
        } catch (ParserConfigurationException e) {
            throw new SAXException(e);
        }
    }
}
