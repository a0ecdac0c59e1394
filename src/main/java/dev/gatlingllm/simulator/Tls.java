package dev.gatlingllm.simulator;

import io.netty.handler.codec.http2.Http2SecurityUtil;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.security.cert.X509Certificate;
import java.time.Instant;
import javax.net.ssl.SSLException;

/**
 * The simulator's TLS: HTTP/2 and HTTP/1.1 by ALPN, with a certificate of its own.
 *
 * @param certificate whom a client must trust
 * @param context makes the handler of each connection
 */
record Tls(X509Certificate certificate, SslContext context) {

  private static final ApplicationProtocolConfig ALPN =
      new ApplicationProtocolConfig(
          Protocol.ALPN,
          SelectorFailureBehavior.NO_ADVERTISE,
          SelectedListenerFailureBehavior.ACCEPT,
          ApplicationProtocolNames.HTTP_2,
          ApplicationProtocolNames.HTTP_1_1);

  static Tls withOwnCertificate() {
    OwnCertificate own = OwnCertificate.made(Instant.now());
    try {
      return new Tls(
          own.certificate(),
          SslContextBuilder.forServer(own.key(), own.certificate())
              .ciphers(Http2SecurityUtil.CIPHERS, SupportedCipherSuiteFilter.INSTANCE)
              .applicationProtocolConfig(ALPN)
              .build());
    } catch (SSLException e) {
      throw new IllegalStateException("TLS cannot be set up", e);
    }
  }
}
