package dev.jobprocessor.faults;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.ClassType;
import com.sun.jdi.Location;
import com.sun.jdi.ObjectCollectedException;
import com.sun.jdi.ObjectReference;
import com.sun.jdi.ThreadReference;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.AttachingConnector;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.connect.IllegalConnectorArgumentsException;
import com.sun.jdi.event.BreakpointEvent;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.request.BreakpointRequest;
import com.sun.jdi.request.EventRequest;
import dev.jobprocessor.local.Ports;

/**
 * Makes threads of a running service throw what nobody expects, as a debugger can: the
 * service itself is the released one.
 */
final class Saboteur implements AutoCloseable {

    /** The setting of a service's environment that lets it be attached to. */
    static final String OPTIONS = "JAVA_TOOL_OPTIONS";

    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private static final int ATTEMPTS = 10;

    private final VirtualMachine service;

    private Saboteur(VirtualMachine service) {
        this.service = service;
    }

    /** Where a service lets itself be attached to. */
    record Access(int port) {

        static Access prepare() {
            return new Access(Ports.require(0));
        }

        /** What the service's environment needs. */
        Map<String, String> settings() {
            return Map.of(OPTIONS,
                    "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:" + this.port);
        }

    }

    static Saboteur attach(Access access) throws IOException, IllegalConnectorArgumentsException {
        AttachingConnector connector = Bootstrap.virtualMachineManager()
            .attachingConnectors()
            .stream()
            .filter((candidate) -> candidate.transport().name().equals("dt_socket"))
            .findFirst()
            .orElseThrow();
        Map<String, Connector.Argument> arguments = connector.defaultArguments();
        Objects.requireNonNull(arguments.get("hostname")).setValue("127.0.0.1");
        Objects.requireNonNull(arguments.get("port")).setValue(String.valueOf(access.port()));
        return new Saboteur(connector.attach(arguments));
    }

    /**
     * Has the next thread that begins a method throw instead, once.
     * @param type the name of a class that is loaded
     * @param method the name of one of its methods that has no overloads
     * @param cause what makes a thread get there
     */
    void fail(String type, String method, Class<? extends Throwable> failure, Runnable cause) throws Exception {
        Location place = loaded(type).methodsByName(method).getFirst().location();
        BreakpointRequest breakpoint = this.service.eventRequestManager().createBreakpointRequest(place);
        breakpoint.setSuspendPolicy(EventRequest.SUSPEND_EVENT_THREAD);
        breakpoint.addCountFilter(1);
        breakpoint.enable();
        cause.run();
        EventSet events = this.service.eventQueue().remove(TIMEOUT.toMillis());
        if (events == null) {
            throw new IllegalStateException("No thread began %s.%s".formatted(type, method));
        }
        for (Event event : events) {
            if (event instanceof BreakpointEvent reached) {
                stop(reached.thread(), failure);
            }
        }
        events.resume();
    }

    private void stop(ThreadReference thread, Class<? extends Throwable> failure) throws Exception {
        thread.stop(make(loaded(failure.getName()), thread));
    }

    /**
     * The service holds no reference to what a debugger makes, so its collector may be
     * faster than the next call.
     */
    private ObjectReference make(ClassType type, ThreadReference thread) throws Exception {
        for (int attempt = 1;; attempt++) {
            ObjectReference made = type.newInstance(thread, type.concreteMethodByName("<init>", "()V"), List.of(),
                    ClassType.INVOKE_SINGLE_THREADED);
            try {
                made.disableCollection();
                return made;
            }
            catch (ObjectCollectedException ex) {
                if (attempt == ATTEMPTS) {
                    throw ex;
                }
            }
        }
    }

    private ClassType loaded(String type) {
        return (ClassType) this.service.classesByName(type).getFirst();
    }

    @Override
    public void close() {
        this.service.dispose();
    }

}
