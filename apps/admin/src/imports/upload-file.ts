import { ApiError, readProblem } from '../api/api-error.js';
import type { Resource } from '../api/types.js';
import { currentWorkspaceId } from '../api/workspace.js';

/**
 * Sends a file to become the draft of an import. Not by `fetch`, which does not tell how far it is.
 * @param onProgress gets the share that was sent, from 0 to 1
 * @throws ApiError; AbortError when `signal` ends it
 */
export function uploadFile(
  file: File,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<Resource<'Import'>> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', '/api/v1/imports');
    const workspace = currentWorkspaceId();
    if (workspace) request.setRequestHeader('X-Workspace', workspace);
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onerror = () => reject(new ApiError({ code: 'OFFLINE', status: 0, detail: 'The upload broke off.' }));
    request.onabort = () => reject(new DOMException('The upload was ended.', 'AbortError'));
    request.onload = () => {
      const { status, responseText } = request;
      if (status === 201) return resolve(JSON.parse(responseText) as Resource<'Import'>);
      void readProblem(new Response(responseText, { status: Math.max(400, status) })).then(reject);
    };
    signal.addEventListener('abort', () => request.abort());
    const form = new FormData();
    form.set('file', file);
    request.send(form);
  });
}
