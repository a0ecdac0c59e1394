package dev.gatlingllm.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Maven's own JVM, an application server, a build tool: the thread's class loader is another. */
class ClassLoaderTest {

  @Test
  void settingsAreFoundWhereTheThreadsClassLoaderDoesNotKnowThem() throws Exception {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    ClassLoader bare = ClassLoader.getPlatformClassLoader();
    try (URLClassLoader own = new URLClassLoader(classPath(), bare)) {
      thread.setContextClassLoader(bare);
      assertThat(read(own)).asString().contains("simulator");
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static Object read(ClassLoader loader) throws ReflectiveOperationException {
    Class<?> config = loader.loadClass(LlmConfig.class.getName());
    Method read = config.getMethod("read", Properties.class);
    Object settings = read.invoke(null, new Properties());
    return config.getMethod("provider").invoke(settings);
  }

  private static URL[] classPath() throws IOException {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(ClassLoaderTest::url)
        .toArray(URL[]::new);
  }

  private static URL url(String entry) {
    try {
      return new File(entry).toURI().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(entry, e);
    }
  }
}
