import sourceMapSupport from 'source-map-support';

// Stack traces name the lines of the sources, read when a trace is asked for. Node's own --enable-source-maps keeps
// the maps of every module and package from its loading on: an idle api took 208 MB with it and takes 164 MB so.
sourceMapSupport.install({ environment: 'node', handleUncaughtExceptions: false });
