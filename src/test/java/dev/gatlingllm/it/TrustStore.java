package dev.gatlingllm.it;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;

/** The JDK's options for a trust store that holds one certificate. */
final class TrustStore {

  private static final String PASSWORD = "trust-of-the-test";

  private TrustStore() {}

  /** Writes the store into a folder and returns the options that name it. */
  static List<String> of(X509Certificate only, Path folder)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("endpoint", only);
    Path file = folder.resolve("trust.p12");
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, PASSWORD.toCharArray());
    }
    return List.of(
        "javax.net.ssl.trustStore=" + file, "javax.net.ssl.trustStorePassword=" + PASSWORD);
  }
}
