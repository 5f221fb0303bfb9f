package dev.jobprocessor.api.waits;

import jakarta.servlet.ServletRequest;
import org.eclipse.jetty.ee11.servlet.ServletApiRequest;
import org.eclipse.jetty.io.AbstractEndPoint;
import org.jspecify.annotations.Nullable;

import org.springframework.web.util.WebUtils;

/**
 * The connection of a call that is suspended. Jetty lets suspended calls be silent for as
 * long as they want, but fails what is written just when the idle time-out passes: that
 * is off until something is to be written.
 */
public final class SilentConnection {

    private final @Nullable AbstractEndPoint endPoint;

    private final long timeout;

    private SilentConnection(@Nullable AbstractEndPoint endPoint) {
        this.endPoint = endPoint;
        this.timeout = (endPoint != null) ? endPoint.getIdleTimeout() : 0;
    }

    /** Finds none below a request of a test. */
    public static SilentConnection of(ServletRequest request) {
        ServletApiRequest served = WebUtils.getNativeRequest(request, ServletApiRequest.class);
        return new SilentConnection((served != null && served.getRequest()
            .getConnectionMetaData()
            .getConnection()
            .getEndPoint() instanceof AbstractEndPoint endPoint) ? endPoint : null);
    }

    /** Nothing is written until {@link #end()}. */
    public void begin() {
        if (this.endPoint != null) {
            this.endPoint.setIdleTimeout(0);
        }
    }

    /** From now on, the time-out counts. */
    public void end() {
        if (this.endPoint != null) {
            this.endPoint.notIdle();
            this.endPoint.setIdleTimeout(this.timeout);
        }
    }

}
