package dev.gatlingllm.provider;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Why TLS could not be set up, in words that say what to do.
 *
 * @param code few enough to be rows of a report, such as {@code certificate-not-trusted}
 * @param message what to do
 */
public record TlsFailure(String code, String message) {

  private static final int DEEPEST_CAUSE = 12;

  /** The reason, if an exception or one of its causes shows it. */
  public static Optional<TlsFailure> of(Throwable thrown) {
    return Stream.iterate(thrown, cause -> cause != null, Throwable::getCause)
        .limit(DEEPEST_CAUSE)
        .flatMap(cause -> reason(cause).stream())
        .reduce((outer, inner) -> inner);
  }

  private static Optional<TlsFailure> reason(Throwable cause) {
    String words = cause.getMessage() == null ? "" : cause.getMessage();
    if (cause instanceof CertificateExpiredException
        || cause instanceof CertificateNotYetValidException) {
      return reason("certificate-expired", "the certificate is not valid today", words);
    }
    if (words.contains("No subject alternative") || words.contains("No name matching")) {
      return reason(
          "certificate-of-another-host", "the certificate is for another host name", words);
    }
    if (cause instanceof CertPathBuilderException
        || cause instanceof CertPathValidatorException
        || words.contains("PKIX path")) {
      return reason(
          "certificate-not-trusted",
          "certificate not trusted: put the certificate of its issuer into a trust store (keytool"
              + " -importcert) and add it with -Djavax.net.ssl.trustStore=FILE",
          words);
    }
    if (cause.getClass().getSimpleName().equals("NotSslRecordException")
        || words.contains("not an SSL/TLS record")
        || words.contains("plaintext connection")) {
      return Optional.of(
          new TlsFailure("no-tls", "the server does not speak TLS on this port: is it http?"));
    }
    if (words.contains("protocol_version")) {
      return reason("tls-version", "client and server have no version of TLS in common", words);
    }
    if (words.contains("certificate_required") || words.contains("bad_certificate")) {
      return reason(
          "client-certificate",
          "the server wants a certificate of the client: give one with"
              + " -Djavax.net.ssl.keyStore=FILE",
          words);
    }
    return Optional.empty();
  }

  private static Optional<TlsFailure> reason(String code, String advice, String words) {
    return Optional.of(
        new TlsFailure(code, words.isEmpty() ? advice : advice + " (" + words + ")"));
  }
}
