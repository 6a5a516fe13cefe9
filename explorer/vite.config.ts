import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { defineConfig, type Plugin } from 'vite';
import { viteSingleFile } from 'vite-plugin-singlefile';

/**
 * Adds the content security policy, with the hash of the one script that the page holds. Nothing that a registry contains can
 * then become script, or make the page ask another host; only Neo4j is reached, by WebSocket.
 */
function contentSecurityPolicy(): Plugin {
  const page = resolve(import.meta.dirname, 'dist/index.html');
  return {
    name: 'content-security-policy',
    apply: 'build',
    closeBundle() {
      const html = readFileSync(page, 'utf8');
      const scripts = [...html.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)];
      if (scripts.length !== 1) {
        throw new Error(`The page has ${scripts.length} scripts; the policy is written for one.`);
      }
      const hash = createHash('sha256').update(scripts[0]![1]!).digest('base64');
      const policy = [
        "default-src 'none'",
        `script-src 'sha256-${hash}'`,
        // What Preact and Cytoscape set on elements, and the page's own style sheet.
        "style-src 'unsafe-inline'",
        'img-src data: blob:',
        // Neo4j, wherever it is; and /connection.json of the local run.
        "connect-src 'self' ws: wss:",
        "base-uri 'none'",
        "form-action 'none'",
        "require-trusted-types-for 'script'",
        // Nor may anybody make a type that would be trusted.
        "trusted-types 'none'",
      ].join('; ');
      const meta = `<meta http-equiv="Content-Security-Policy" content="${policy}">`;
      // Behind the charset, before all that the policy is for.
      const withPolicy = html.replace(/(<meta charset="utf-8"\s*\/?>)/i, (charset) => `${charset}\n    ${meta}`);
      if (withPolicy === html) {
        throw new Error('The page has no place for the policy.');
      }
      writeFileSync(page, withPolicy);
    },
  };
}

/** Says in the page whose code it holds, under which licences: a comment at its end. */
function licences(): Plugin {
  const folder = import.meta.dirname;
  return {
    name: 'licences',
    apply: 'build',
    closeBundle() {
      const lock = JSON.parse(readFileSync(resolve(folder, 'package-lock.json'), 'utf8')) as {
        packages: Record<string, { version?: string; license?: string; dev?: boolean }>;
      };
      const packed = Object.entries(lock.packages).filter(([path, { dev }]) => path.startsWith('node_modules/') && dev !== true && existsSync(resolve(folder, path)));
      const texts = packed.map(([path, { version, license }]) => {
        const file = readdirSync(resolve(folder, path)).find((name) => /^licen[cs]e/i.test(name));
        const text = file === undefined ? '' : readFileSync(resolve(folder, path, file), 'utf8').trim();
        return `${path.replace(/^.*node_modules\//, '')} ${version} (${license})\n\n${text}\n`;
      });
      const page = resolve(folder, 'dist/index.html');
      // Two hyphens would end the comment.
      const comment = texts.join(`\n${'='.repeat(80)}\n`).replace(/--+/g, '—');
      writeFileSync(page, `${readFileSync(page, 'utf8').trimEnd()}\n<!--\n${comment}-->\n`);
    },
  };
}

export default defineConfig({
  base: './',
  plugins: [viteSingleFile({ removeViteModuleLoader: true }), contentSecurityPolicy(), licences()],
  server: { fs: { allow: ['..'] } },
  build: { target: 'es2022', chunkSizeWarningLimit: 4000 },
});
